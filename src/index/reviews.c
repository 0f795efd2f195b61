#include "index/store.h"

#include "formats/formats.h"

/* What a curator says last of an instance, kind and text is what holds. */
static int take(void *payload, const struct review *r, struct error *err)
{
    struct index *idx = payload;
    if (r->retracted)
        return store_run(idx, err,
                         "DELETE FROM reviews WHERE instance_id = ? AND curator = ? AND kind = ? "
                         "AND text = ?",
                         "ssss", r->instance_id, r->curator, r->kind, r->text);
    return store_run(idx, err,
                     "INSERT OR REPLACE INTO reviews (instance_id, curator, kind, text, at) "
                     "VALUES (?, ?, ?, ?, ?)",
                     "ssssi", r->instance_id, r->curator, r->kind, r->text, r->at);
}

int index_ingest_reviews(struct index *idx, const char *curator, struct error *err)
{
    int rc = store_run(idx, err, "DELETE FROM reviews WHERE curator = ?", "s", curator);
    return rc < 0 ? rc : reviews_each(idx->ws, curator, take, idx, err);
}
