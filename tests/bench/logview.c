/* logview: what the text view's background work costs on a large log.
 *
 * usage: logview FILE [MEGABYTES]
 *
 * Makes FILE (1,024 MB without a number) when it is not there: build logs, tracebacks, test
 * lines, a rare word once near the end. Prints the first page, the index and the searches by the
 * same functions that the view's lanes run, from the page cache, each the best of three, and for
 * comparison what `wc -l` and `grep -c` need. */
#include "ui/widgets/textjob.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 3, PAGE = 60 };

static const char rare[] = "zyzzyva: the word that stands here once";

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void make(const char *path, long megabytes)
{
    static const char *const lines[] = {
        "#12 4.031 Collecting setuptools>=40.8.0\n",
        "tests/test_types.py::test_cast[%ld-file-expected value] PASSED                     [ "
        "41%%]\n",
        "  File \"/testbed/src/package/module_%ld.py\", line 212, in convert\n",
        "    raise BadParameter(self.get_missing_message(param), ctx=ctx, param=param)\n",
        "E       AssertionError: assert 'value %ld' == 'another value'\n",
        "\033[32m.\033[0m\033[32m.\033[0m\033[31mF\033[0m\n",
        "warning: package %ld: the metadata of this distribution could not be read\n",
        "\n",
    };
    long written = 0, n = 0, limit = megabytes << 20;
    bool told = false;
    FILE *f = fopen(path, "we");
    if (!f)
        exit(2);
    while (written < limit) {
        written += fprintf(f, lines[n % (long)ARRAY_LEN(lines)], n);
        if (!told && written > limit - (limit >> 4)) {
            written += fprintf(f, "%s\n", rare);
            told = true;
        }
        n++;
    }
    fclose(f);
}

/* ---- the index ---- */

struct indexed {
    uint64_t lines, bytes, memory;
    double first_ms, all_ms;
};

static void run_index(const char *path, struct indexed *out)
{
    uint64_t from = 0, cap = 0;
    struct file_mark mark = { 0, 0 };
    double begin = now_ms();
    memset(out, 0, sizeof(*out));
    for (bool more = true; more;) {
        struct scan_job j = { .path = (char *)path, .mark = mark, .from = from };
        if (scan_work(&j.job, NULL, NULL) < 0)
            exit(2);
        if (!from)
            out->first_ms = now_ms() - begin;
        out->lines += j.n;
        cap += j.n * sizeof(*j.starts);
        more = j.to > from && j.to < j.size;
        out->bytes = from = j.to;
        mark = j.mark;
        free(j.starts);
    }
    out->memory = cap;
    out->all_ms = now_ms() - begin;
}

static double first_page(const char *path)
{
    struct scan_job j = { .path = (char *)path };
    double begin = now_ms();
    if (scan_work(&j.job, NULL, NULL) < 0 || j.n < PAGE)
        exit(2);
    struct block_job b = { .path = (char *)path, .block = { .n = PAGE, .bytes = STR_INIT } };
    b.starts = xcalloc(PAGE + 1, sizeof(*b.starts));
    memcpy(b.starts + 1, j.starts, PAGE * sizeof(*b.starts));
    b.block.at = xcalloc(PAGE + 1, sizeof(*b.block.at));
    b.block.more = xcalloc(PAGE + 1, sizeof(*b.block.more));
    if (block_work(&b.job, NULL, NULL) < 0)
        exit(2);
    double ms = now_ms() - begin;
    block_release(&b.block);
    free(b.starts);
    free(j.starts);
    return ms;
}

/* ---- searches ---- */

static double search(const char *path, uint64_t size, const char *text, bool forward)
{
    struct pattern *p = NULL;
    double best = 1e12;
    if (pattern_new(text, &p, NULL) < 0)
        exit(2);
    for (int i = 0; i < RUNS; i++) {
        struct find_job j = {
            .path = (char *)path, .pattern = p, .size = size, .forward = forward
        };
        double begin = now_ms();
        j.from = forward ? 0 : size;
        if (find_work(&j.job, NULL, NULL) < 0 || !j.any)
            exit(2);
        double ms = (now_ms() - begin) * (double)size / (double)(forward ? j.at : size - j.at);
        best = ms < best ? ms : best;
    }
    pattern_free(p);
    return best;
}

static void *raise_soon(void *payload)
{
    usleep(50000);
    cancel_raise(payload);
    return NULL;
}

/* From the order to stop until the search has ended. */
static double cancelled(const char *path, uint64_t size)
{
    struct pattern *p = NULL;
    pthread_t thread;
    struct find_job j = { .path = (char *)path, .size = size, .forward = true };
    if (pattern_new("no such [w]ord anywhere", &p, NULL) < 0)
        exit(2);
    j.pattern = p;
    double begin = now_ms();
    pthread_create(&thread, NULL, raise_soon, &j.job.stop);
    int rc = find_work(&j.job, NULL, NULL);
    double ms = now_ms() - begin - 50;
    pthread_join(thread, NULL);
    pattern_free(p);
    return rc == E_CANCELLED ? ms : -1;
}

static double other(const char *command, const char *path)
{
    double best = 1e12;
    char *line = str_format("%s '%s' >/dev/null", command, path);
    for (int i = 0; i < RUNS; i++) {
        double begin = now_ms();
        if (system(line) < 0)
            exit(2);
        double ms = now_ms() - begin;
        best = ms < best ? ms : best;
    }
    free(line);
    return best;
}

static void row(const char *what, double ms, uint64_t bytes, const char *bar)
{
    printf("| %s | %.0f ms | %.0f MB/s | %s |\n", what, ms, (double)bytes / 1e3 / ms, bar);
}

int main(int argc, char **argv)
{
    struct indexed x, best = { .all_ms = 1e12 };
    if (argc < 2)
        return 2;
    const char *path = argv[1];
    if (!path_exists(path))
        make(path, argc > 2 ? atol(argv[2]) : 1024);
    double page = first_page(path);
    for (int i = 0; i < RUNS; i++) {
        run_index(path, &x);
        best = x.all_ms < best.all_ms ? x : best;
    }
    printf(
        "%.2f GB, %llu lines\n\n| what | time | rate | must reach |\n| --- | --- | --- | --- |\n",
        (double)best.bytes / 1e9, (unsigned long long)best.lines);
    printf("| first page | %.1f ms | | 50 ms |\n", page);
    row("index of all lines", best.all_ms, best.bytes, "200 MB/s");
    printf("| index, bytes a line | %.1f | | 16 |\n", (double)best.memory / (double)best.lines);
    row("rare word, forward", search(path, best.bytes, "zyzzyva", true), best.bytes, "500 MB/s");
    row("rare word, upper and lower case are two",
        search(path, best.bytes, "the word That|zyzzyva: the", true), best.bytes, "500 MB/s");
    row("pattern", search(path, best.bytes, "zy[a-z]+va: \\w+ word", true), best.bytes, "500 MB/s");
    row("rare word, backward", search(path, best.bytes, "zyzzyva", false), best.bytes, "500 MB/s");
    printf("| cancel of a search | %.1f ms | | 50 ms |\n", cancelled(path, best.bytes));
    row("wc -l", other("wc -l", path), best.bytes, "");
    row("grep -c zyzzyva", other("LC_ALL=C grep -c zyzzyva", path), best.bytes, "");
    return 0;
}
