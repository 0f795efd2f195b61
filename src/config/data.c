#include "config/config.h"

#include <stdlib.h>

int data_path(const char *name, struct str *out, struct error *err)
{
    const char *own = getenv("BOTTEGA_DATA");
    const char *const folders[] = { own, BOTTEGA_DATADIR "/data", BOTTEGA_SRCDIR "/data" };
    for (size_t i = 0; i < ARRAY_LEN(folders); i++) {
        if (!folders[i] || !*folders[i])
            continue;
        str_setf(out, "%s/%s", folders[i], name);
        if (path_exists(out->s))
            return 0;
    }
    return error_set(err, E_MISSING,
                     "the shipped file %s is neither in %s nor in the source tree: "
                     "install bottega or set BOTTEGA_DATA",
                     name, BOTTEGA_DATADIR);
}

int data_read(const char *name, struct str *out, struct error *err)
{
    struct str path = STR_INIT;
    int rc = data_path(name, &path, err);
    if (rc == 0)
        rc = file_read(path.s, out, err);
    str_release(&path);
    return rc;
}
