/* Any bytes are sniffed, read as the format they look like, and each step is decoded (libFuzzer).
 */
#include "formats/trajectory.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reading {
    const struct document *doc;
    size_t steps;
};

enum { MOST_STEPS = 64 };

/* What the index keeps must lie inside the document: it is read by these offsets later. */
static void hold(bool what)
{
    if (!what)
        abort();
}

static int take(void *payload, const struct attempt *a, struct error *err)
{
    struct reading *r = payload;
    const char *base = r->doc->text + (a->offset - r->doc->offset);
    size_t room = r->doc->len - (size_t)(base - r->doc->text);
    hold(base >= r->doc->text && (size_t)a->length <= room);
    hold((size_t)(a->patch_offset + a->patch_length) <= room);
    hold((size_t)(a->inner_offset + a->inner_length) <= room);
    for (size_t i = 0; i < a->steps.n && r->steps < MOST_STEPS; i++, r->steps++) {
        const struct step *s = &a->steps.v[i];
        struct step_body body;
        hold(s->kind < STEP_KINDS);
        if (a->inner_length)
            continue;
        hold((size_t)s->offset + s->length <= room);
        step_body_init(&body);
        (void)!step_read(a->format, base + s->offset, s->length, i % 2 ? 100 : SIZE_MAX, &body,
                         err);
        step_body_release(&body);
    }
    return 0;
}

static void read_as(struct traj_reader *reader, const struct document *doc)
{
    struct reading r = { doc, 0 };
    struct error err = ERROR_INIT;
    if (json_scan_open(&reader->scan, doc->text, doc->len, &err) == 0) {
        const struct traj_format *f = traj_sniff(&reader->scan, doc->lines);
        if (f)
            (void)!traj_read(reader, f, doc, take, &r, &err);
    }
    error_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct traj_reader reader; /* its memory is used again */
    static struct flag_rules *rules;
    struct str text = STR_INIT; /* a copy: the sanitizer sees a byte too far */
    str_addn(&text, data, size);
    if (!rules)
        hold(flag_rules_load(NULL, &rules, NULL) == 0 &&
             flagger_new(rules, &reader.flagger, NULL) == 0);
    struct document doc = { .text = text.s, .len = size, .path = "a/b/output.jsonl" };
    read_as(&reader, &doc);
    doc.lines = true;
    read_as(&reader, &doc);
    str_release(&text);
    return 0;
}
