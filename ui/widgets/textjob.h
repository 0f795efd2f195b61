/* textjob.h: what a lane does for textfile.c: finds lines, reads some, searches. Private to the
 * two. Each job opens the file by name, so nothing keeps a deleted log alive. */
#ifndef BOTTEGA_UI_TEXTJOB_H
#define BOTTEGA_UI_TEXTJOB_H

#include "ui/widgets/textfile.h"

/* Which file it was, to notice that another one took its place. */
struct file_mark {
    uint64_t dev, ino;
};

struct scan_job {
    struct job job;
    char *path;
    struct file_mark mark; /* zero: the first look */
    uint64_t from;         /* where the slice begins */
    /* results */
    bool replaced; /* other file or shorter: begin again at 0 */
    uint64_t to, size;
    uint64_t *starts; /* after each newline */
    size_t n, cap;
};
int scan_work(struct job *job, struct lane *lane, struct error *err);
void scan_free(struct scan_job *j);

struct block {
    size_t first, n;
    struct str bytes;
    size_t *at;    /* n + 1 */
    int64_t *more; /* n */
};
void block_release(struct block *b);

struct block_job {
    struct job job;
    char *path;
    uint64_t *starts; /* n + 1: where lines begin, and the end of the last */
    struct block block;
};
int block_work(struct job *job, struct lane *lane, struct error *err);
void block_job_free(struct block_job *j);

struct find_job {
    struct job job;
    char *path;
    struct pattern *pattern; /* its own */
    uint64_t from, size;     /* from: the start of a line */
    bool forward;
    bool any; /* results */
    uint64_t at;
};
int find_work(struct job *job, struct lane *lane, struct error *err);
void find_free(struct find_job *j);

/* Lines that match, and how many of them stand before or at `at`. */
struct count_job {
    struct job job;
    char *path;
    struct pattern *pattern; /* its own */
    uint64_t at, size;
    uint64_t nth, total; /* results */
};
int count_work(struct job *job, struct lane *lane, struct error *err);
void count_free(struct count_job *j);

#endif
