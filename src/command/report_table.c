#include "command/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows ---- */

static void begin_parts(struct report_table *t, double bar, double part)
{
    t->bars = xrealloc(t->bars, (t->n_rows + 1) * sizeof(*t->bars));
    t->parts = xrealloc(t->parts, (t->n_rows + 1) * sizeof(*t->parts));
    t->bars[t->n_rows] = bar < 0 ? 0 : bar > 1 ? 1 : bar;
    t->parts[t->n_rows++] = part < 0 ? 0 : part > bar ? bar : part;
}

static void begin(struct report_table *t, double bar)
{
    begin_parts(t, bar, bar);
}

static void add_text(struct report_table *t, const char *text)
{
    struct str shown = STR_INIT;
    text_add_shown(&shown, text, strlen(text));
    strv_add(&t->cells, shown.s);
    str_release(&shown);
}

static void add_count(struct report_table *t, int64_t n)
{
    struct str text = STR_INIT;
    text_add_count(&text, n);
    strv_add(&t->cells, text.s);
    str_release(&text);
}

static double part(double n, double of)
{
    return of > 0 ? n / of : 0;
}

static void add_share(struct report_table *t, double n, double of)
{
    if (of > 0)
        strv_addf(&t->cells, "%.1f %%", 100 * part(n, of));
    else
        strv_add(&t->cells, "–");
}

static void add_seconds(struct report_table *t, double seconds)
{
    struct str text = STR_INIT;
    text_add_seconds(&text, seconds);
    strv_add(&t->cells, text.s);
    str_release(&text);
}

static void add_bytes(struct report_table *t, double bytes)
{
    struct str text = STR_INIT;
    text_add_bytes(&text, (int64_t)bytes);
    strv_add(&t->cells, text.s);
    str_release(&text);
}

/* ---- the tables ---- */

static void fill_funnel(const struct yield *y, struct report_table *t)
{
    double all = (double)y->steps[YIELD_ATTEMPTED];
    for (enum yield_step s = YIELD_ATTEMPTED; s < YIELD_STEPS; s++) {
        begin(t, part((double)y->steps[s], all));
        add_text(t, yield_step_name(s));
        add_count(t, y->steps[s]);
        add_share(t, (double)y->steps[s], all);
        add_count(t, s == YIELD_ATTEMPTED ? 0 : y->steps[s - 1] - y->steps[s]);
        add_text(t, yield_step_text(s));
    }
}

static void fill_failures(const struct yield *y, struct report_table *t)
{
    struct yield_key *keys;
    size_t n = yield_keys_new(&y->classes, yield_class_count, &keys);
    double all = 0;
    for (size_t i = 0; i < n; i++)
        all += (double)yield_class_count(keys[i].value);
    for (size_t i = 0; i < n; i++) {
        enum failure_class class = failure_by_name(keys[i].name);
        double count = (double)yield_class_count(keys[i].value);
        begin(t, part(count, all));
        add_text(t, keys[i].name);
        add_count(t, (int64_t)count);
        add_share(t, count, all);
        add_text(t, class == FAIL_CLASSES ? "no class of this bottega" : failure_info(class)->text);
    }
    free(keys);
}

static void fill_rules(const struct yield *y, struct report_table *t)
{
    struct yield_key *keys;
    size_t n = yield_keys_new(&y->rules, yield_rule_count, &keys);
    double most = n ? (double)yield_rule_count(keys[0].value) : 0;
    for (size_t i = 0; i < n; i++) {
        const struct yield_rule *r = keys[i].value;
        begin_parts(t, part((double)r->instances, most), part((double)r->accepted, most));
        add_text(t, keys[i].name);
        add_count(t, r->fired);
        add_count(t, r->instances);
        add_count(t, r->accepted);
        add_share(t, (double)r->accepted, (double)r->instances);
        add_count(t, r->last);
    }
    free(keys);
}

typedef void (*add_amount_fn)(struct report_table *t, double amount);

static void fill_by_phase(const struct yield_sum sums[PHASES], add_amount_fn add,
                          struct report_table *t)
{
    double all = 0;
    for (enum phase p = 0; p < PHASES; p++)
        all += sums[p].total;
    for (enum phase p = 0; p < PHASES; p++) {
        const struct yield_sum *s = &sums[p];
        if (!s->n)
            continue;
        begin(t, part(s->total, all));
        add_text(t, phase_name(p));
        add(t, s->total);
        add_share(t, s->total, all);
        add(t, s->total / (double)s->n);
        add(t, s->most);
        add_count(t, s->n);
    }
}

static void fill_phases(const struct yield *y, struct report_table *t)
{
    fill_by_phase(y->phases, add_seconds, t);
}

static void fill_stored(const struct yield *y, struct report_table *t)
{
    fill_by_phase(y->stored, add_bytes, t);
}

static void fill_images(const struct yield *y, struct report_table *t)
{
    const struct {
        const char *name;
        const struct yield_sum *sum;
    } rows[] = { { "last of each", &y->images }, { "accepted", &y->accepted_images } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        const struct yield_sum *s = rows[i].sum;
        if (!s->n)
            continue;
        begin(t, part(s->total, y->images.total));
        add_text(t, rows[i].name);
        add_count(t, s->n);
        add_bytes(t, s->total);
        add_bytes(t, s->total / (double)s->n);
        add_bytes(t, s->most);
    }
}

void report_tables_init(const struct report *r, struct report_table out[REPORT_TABLES])
{
    static const struct {
        const char *title, *heads[REPORT_COLUMNS + 1];
        unsigned left;
        void (*fill)(const struct yield *y, struct report_table *t);
    } all[REPORT_TABLES] = {
        { "funnel", { "step", "instances", "share", "lost", "what it says" }, 1 | 16, fill_funnel },
        { "failures", { "class", "instances", "share", "what it says" }, 1 | 8, fill_failures },
        { "rules",
          { "rule", "fired", "instances", "accepted", "share", "last move" },
          1,
          fill_rules },
        { "seconds",
          { "phase", "total", "share", "mean", "longest", "instances" },
          1,
          fill_phases },
        { "files of the rounds, as kept",
          { "phase", "total", "share", "mean", "largest", "instances" },
          1,
          fill_stored },
        { "images, each counted whole",
          { "images", "n", "total", "mean", "largest" },
          1,
          fill_images },
    };
    for (size_t i = 0; i < REPORT_TABLES; i++) {
        struct report_table *t = &out[i];
        memset(t, 0, sizeof(*t));
        strv_init(&t->cells);
        t->title = all[i].title;
        t->left = all[i].left;
        memcpy(t->heads, all[i].heads, sizeof(t->heads));
        while (t->heads[t->n_heads])
            t->n_heads++;
        all[i].fill(&r->yield, t);
    }
}

void report_tables_release(struct report_table tables[REPORT_TABLES])
{
    for (size_t i = 0; i < REPORT_TABLES; i++) {
        strv_release(&tables[i].cells);
        free(tables[i].bars);
        free(tables[i].parts);
    }
}

/* ---- text ---- */

static void add_recipes(const struct yield_recipes *r, struct str *out)
{
    if (r->taken)
        str_addf(
            out, "; %lld took a recipe, %lld accepted by it (%lld in round 1, %lld rounds saved)",
            (long long)r->taken, (long long)r->accepted, (long long)r->first, (long long)r->rounds);
}

void report_add_summary(const struct report *r, struct str *out)
{
    const struct yield *y = &r->yield;
    int64_t tried = y->steps[YIELD_ATTEMPTED], accepted = y->steps[YIELD_ACCEPTED];
    text_add_count(out, r->selected);
    str_add(out, r->selected == 1 ? " instance, " : " instances, ");
    text_add_count(out, tried);
    str_add(out, " attempted, ");
    text_add_count(out, accepted);
    str_add(out, " accepted");
    if (tried)
        str_addf(out, " (%.1f %%)", 100 * part((double)accepted, (double)tried));
    add_recipes(&y->recipes, out);
    if (y->open)
        str_addf(out, "; %lld without an end yet", (long long)y->open);
    if (y->unseen)
        str_addf(out, "; %lld accepted before images were looked at", (long long)y->unseen);
    if (r->skipped.n)
        str_addf(out, "; %zu files skipped", r->skipped.n);
}

static void print_cells(const struct report_table *t, const char *const *cells, const int *widths)
{
    struct str line = STR_INIT;
    for (size_t i = 0; i < t->n_heads; i++) {
        int pad = widths[i] - text_width(cells[i], strlen(cells[i]));
        bool left = t->left & 1u << i;
        str_addf(&line, "%s%*s%s%*s", i ? "  " : "", left ? 0 : pad, "", cells[i], left ? pad : 0,
                 "");
    }
    str_rtrim(&line);
    puts(line.s);
    str_release(&line);
}

static void print_table(const struct report_table *t)
{
    int widths[REPORT_COLUMNS];
    for (size_t i = 0; i < t->n_heads; i++) {
        widths[i] = text_width(t->heads[i], strlen(t->heads[i]));
        for (size_t k = i; k < t->cells.n; k += t->n_heads) {
            int w = text_width(t->cells.v[k], strlen(t->cells.v[k]));
            widths[i] = w > widths[i] ? w : widths[i];
        }
    }
    printf("\n%s\n", t->title);
    print_cells(t, t->heads, widths);
    for (size_t k = 0; k < t->cells.n; k += t->n_heads)
        print_cells(t, (const char *const *)t->cells.v + k, widths);
}

void report_print_text(const struct report *r)
{
    struct report_table tables[REPORT_TABLES];
    struct str line = STR_INIT;
    report_add_summary(r, &line);
    printf("yield of %s: %s\n", r->scope, line.s);
    report_tables_init(r, tables);
    for (size_t i = 0; i < REPORT_TABLES; i++)
        if (tables[i].n_rows)
            print_table(&tables[i]);
    report_tables_release(tables);
    str_release(&line);
}

/* ---- JSON ---- */

static json_t *json_of_seconds(const struct yield_sum *s)
{
    return json_pack("{sI sf sf}", "instances", (json_int_t)s->n, "total", s->total, "most",
                     s->most);
}

static json_t *json_of_bytes(const struct yield_sum *s)
{
    return json_pack("{sI sI sI}", "instances", (json_int_t)s->n, "total", (json_int_t)s->total,
                     "most", (json_int_t)s->most);
}

static json_t *json_of_steps(const struct yield *y)
{
    json_t *list = json_array();
    for (enum yield_step s = YIELD_ATTEMPTED; s < YIELD_STEPS; s++)
        json_array_append_new(list, json_pack("{ss sI}", "step", yield_step_name(s), "instances",
                                              (json_int_t)y->steps[s]));
    return list;
}

static json_t *json_of_classes(const struct yield *y)
{
    struct yield_key *keys;
    size_t n = yield_keys_new(&y->classes, yield_class_count, &keys);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *row = json_object();
        json_put_text(row, "class", keys[i].name);
        json_put_int(row, "instances", yield_class_count(keys[i].value));
        json_array_append_new(list, row);
    }
    free(keys);
    return list;
}

static json_t *json_of_rules(const struct yield *y)
{
    struct yield_key *keys;
    size_t n = yield_keys_new(&y->rules, yield_rule_count, &keys);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        const struct yield_rule *r = keys[i].value;
        json_t *row = json_object();
        json_put_text(row, "rule", keys[i].name);
        json_put_int(row, "fired", r->fired);
        json_put_int(row, "instances", r->instances);
        json_put_int(row, "accepted", r->accepted);
        json_put_int(row, "last_move", r->last);
        json_array_append_new(list, row);
    }
    free(keys);
    return list;
}

void report_print_json(const struct report *r)
{
    const struct yield *y = &r->yield;
    json_t *doc = json_object(), *seconds = json_object(), *bytes = json_object();
    json_t *stored = json_object();
    for (enum phase p = 0; p < PHASES; p++) {
        json_object_set_new(seconds, phase_name(p), json_of_seconds(&y->phases[p]));
        json_object_set_new(stored, phase_name(p), json_of_bytes(&y->stored[p]));
    }
    json_object_set_new(bytes, "last_of_each", json_of_bytes(&y->images));
    json_object_set_new(bytes, "accepted", json_of_bytes(&y->accepted_images));
    json_put_text(doc, "scope", r->scope);
    json_put_int(doc, "instances", r->selected);
    json_put_int(doc, "open", y->open);
    json_put_int(doc, "accepted_unseen", y->unseen);
    json_object_set_new(doc, "funnel", json_of_steps(y));
    json_object_set_new(doc, "failures", json_of_classes(y));
    json_object_set_new(doc, "rules", json_of_rules(y));
    json_object_set_new(doc, "recipes",
                        json_pack("{sI sI sI sI}", "taken", (json_int_t)y->recipes.taken,
                                  "accepted", (json_int_t)y->recipes.accepted, "in_round_1",
                                  (json_int_t)y->recipes.first, "rounds_saved",
                                  (json_int_t)y->recipes.rounds));
    json_object_set_new(doc, "seconds", seconds);
    json_object_set_new(doc, "file_bytes", stored);
    json_object_set_new(doc, "image_bytes", bytes);
    json_object_set_new(doc, "skipped", json_from_strv(&r->skipped));
    char *line = json_short_line_new(doc);
    puts(line);
    free(line);
    json_decref(doc);
}
