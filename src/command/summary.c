#include "command/attach.h"

#include "command/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ROWS = 200, REASON_COLUMNS = 100 };

struct summary {
    bool json, rows;
    bool proofs; /* of verify: whatever is not accepted again has failed */
    int id_width;
    int64_t results[RESULTS];
    double seconds;
    struct strv bad; /* ids and states */
};

static void print_json(const char *id, const struct item *i)
{
    json_t *doc = json_object();
    json_put_text(doc, "instance_id", id);
    json_put_text(doc, "state", i->result.state);
    json_put_text(doc, "failure_class", i->result.failure_class);
    json_put_text(doc, "reason", i->result.reason);
    json_put_int(doc, "round", i->result.round);
    json_put_int(doc, "f2p", i->result.f2p);
    json_put_int(doc, "p2p", i->result.p2p);
    json_object_set_new(doc, "seconds", json_real(i->result.seconds));
    json_put_int(doc, "tries", i->tries);
    char *line = json_line_new(doc);
    printf("%s\n", line);
    free(line);
    json_decref(doc);
}

static void add_padded(struct str *line, const char *text, int columns)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, text, strlen(text));
    str_addf(line, "%s%*s", shown.s, columns - text_width(shown.s, shown.len), "");
    str_release(&shown);
}

static void print_row(const struct summary *s, const char *id, const struct item *i)
{
    struct str line = STR_INIT, took = STR_INIT;
    const struct item_result *r = &i->result;
    text_add_seconds(&took, r->seconds);
    add_padded(&line, id, s->id_width + 2);
    add_padded(&line, r->state, 10);
    add_padded(&line, r->failure_class ? r->failure_class : "", 16);
    str_addf(&line, "%5lld %5lld %8s  ", (long long)r->f2p, (long long)r->p2p, took.s);
    if (r->reason && strcmp(r->state, "accepted") != 0)
        text_add_shown(&line, r->reason, strlen(r->reason));
    str_rtrim(&line);
    printf("%s\n", line.s);
    str_release(&line);
    str_release(&took);
}

static void print_head(const struct summary *s)
{
    struct str line = STR_INIT;
    add_padded(&line, "instance", s->id_width + 2);
    add_padded(&line, "state", 10);
    add_padded(&line, "class", 16);
    printf("%s%5s %5s %8s  reason\n", line.s, "F2P", "P2P", "time");
    str_release(&line);
}

static void take(struct summary *s, const char *id, const struct item *i)
{
    int r = result_by_name(i->result.state);
    s->results[r]++;
    s->seconds += i->result.seconds;
    if (r == RESULT_ERROR || (s->proofs && r != RESULT_ACCEPTED))
        strv_addf(&s->bad, "%s ended in %s", id, i->result.state);
    if (s->json)
        print_json(id, i);
    else if (s->rows)
        print_row(s, id, i);
}

static void print_end(struct invocation *inv, const struct summary *s, const char *batch)
{
    struct str counts = STR_INIT;
    progress_add_counts(&counts, s->results);
    if (!s->json)
        printf("%s: %s\n", batch, counts.s);
    if (!s->json && !s->rows && !inv->quiet)
        fprintf(stderr, "more than %d rows: --json prints them all\n", MOST_ROWS);
    for (size_t i = 0; i < s->bad.n; i++)
        fprintf(stderr, "%s\n", s->bad.v[i]);
    str_release(&counts);
}

int summary_print(struct invocation *inv, const char *batch, struct error *err)
{
    struct batch b;
    struct summary s = { .json = inv->json, .bad = STRV_INIT };
    int rc = batch_open(inv->workspace, batch, &b, err);
    s.proofs = rc == 0 && strcmp(b.stage, "verify") == 0;
    s.rows = b.ids.n <= MOST_ROWS;
    for (size_t n = 0; rc == 0 && n < b.ids.n; n++) {
        int width = text_width(b.ids.v[n], strlen(b.ids.v[n]));
        s.id_width = width > s.id_width ? width : s.id_width;
    }
    if (rc == 0 && !s.json && s.rows)
        print_head(&s);
    for (size_t n = 1; rc == 0 && n <= b.ids.n; n++) {
        struct item i;
        rc = item_read(inv->workspace, batch, n, &i, err);
        if (rc == 0 && i.state == ITEM_DONE && i.result.state)
            take(&s, b.ids.v[n - 1], &i);
        item_release(&i);
    }
    if (rc == 0)
        print_end(inv, &s, batch);
    if (rc == 0)
        rc = s.bad.n ? EXIT_SOME_FAILED : EXIT_ALL_WELL;
    strv_release(&s.bad);
    batch_release(&b);
    return rc;
}
