#include "command/show_trajectory.h"

#include "formats/traj_write.h"

#include <stdio.h>
#include <stdlib.h>

static int write_steps(const struct attempt_row *r, struct traj_writer *w, struct error *err)
{
    struct attempt_text text;
    int rc = attempt_text_read(r, &text, err);
    for (size_t i = 0; rc == 0 && i < r->steps.n; i++) {
        const struct step *s = &r->steps.v[i];
        struct step_body b;
        if ((size_t)s->offset + s->length > text.bytes.len) {
            rc = error_set(err, E_NOTFOUND, "%s has changed since it was imported", r->path);
            break;
        }
        step_body_init(&b);
        rc = step_read(r->format, text.bytes.s + s->offset, s->length, SIZE_MAX, &b, err);
        if (rc == 0)
            traj_writer_step(w, s, &b);
        step_body_release(&b);
    }
    attempt_text_release(&text);
    return rc;
}

int show_as(const struct attempt_row *r, const char *as, struct error *err)
{
    if (!traj_write_knows(as))
        return error_set(err, E_USAGE, "--as %s: atif or messages", as);
    struct traj_writer *w = traj_writer_new(as);
    struct str patch = STR_INIT;
    int rc = write_steps(r, w, err);
    if (rc == 0)
        rc = attempt_patch(r, &patch, err);
    if (rc == 0) {
        const struct traj_about about = { .instance_id = r->instance_id,
                                          .run = r->run,
                                          .scaffold = r->scaffold,
                                          .model = r->model,
                                          .exit_status = r->exit_status,
                                          .outcome = r->outcome,
                                          .patch = &patch,
                                          .tokens_in = r->tokens_in,
                                          .tokens_out = r->tokens_out,
                                          .cost_usd = r->cost_usd };
        json_t *doc = traj_writer_end(w, &about);
        char *line = json_line_new(doc);
        puts(line);
        free(line);
        json_decref(doc);
    }
    traj_writer_free(w);
    str_release(&patch);
    return rc;
}
