#include "dispatch/indexer.h"

#include "index/index.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

struct note {
    struct note *next;
    char *instance_id; /* NULL: the batch itself */
};

struct indexer {
    const struct workspace *ws;
    char *batch, *run;
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t wake;
    struct note *first, **last;
    bool batch_told; /* a note for the batch waits already */
    bool ending;
};

static int take_in(struct indexer *i, struct index *idx, const struct note *note, struct error *err)
{
    struct task_place place;
    if (!note->instance_id)
        return index_ingest_batch(idx, i->batch, err);
    int rc = index_find_task(idx, note->instance_id, &place, err);
    if (rc == 0) {
        char *folder = repo_folder_new(place.repo);
        rc = index_ingest_env(idx, i->run, folder, note->instance_id, err);
        free(folder);
    }
    task_place_release(&place);
    return rc;
}

/* Waits for a note; NULL at the end. */
static struct note *next_note(struct indexer *i)
{
    pthread_mutex_lock(&i->lock);
    while (!i->first && !i->ending)
        pthread_cond_wait(&i->wake, &i->lock);
    struct note *note = i->first;
    if (note) {
        i->first = note->next;
        if (!i->first)
            i->last = &i->first;
        if (!note->instance_id)
            i->batch_told = false;
    }
    pthread_mutex_unlock(&i->lock);
    return note;
}

static void *work(void *payload)
{
    struct indexer *i = payload;
    struct index *idx = NULL;
    struct error err = ERROR_INIT;
    struct note *note;
    bool open = index_open(i->ws, INDEX_WRITE, &idx, &err) == 0;
    if (!open)
        fprintf(stderr, "the index is not kept up: %s\n", error_text(&err));
    while ((note = next_note(i))) {
        if (open && take_in(i, idx, note, &err) < 0)
            fprintf(stderr, "index: %s: %s\n", note->instance_id ? note->instance_id : i->batch,
                    error_text(&err));
        free(note->instance_id);
        free(note);
    }
    if (open)
        index_close(idx);
    error_release(&err);
    return NULL;
}

static void indexer_free(struct indexer *i)
{
    pthread_mutex_destroy(&i->lock);
    pthread_cond_destroy(&i->wake);
    free(i->batch);
    free(i->run);
    free(i);
}

struct indexer *indexer_new(const struct workspace *ws, const char *batch, const char *run)
{
    struct indexer *i = xcalloc(1, sizeof(*i));
    sigset_t all, old;
    i->ws = ws;
    i->batch = xstrdup(batch);
    i->run = xstrdup(run);
    i->last = &i->first;
    pthread_mutex_init(&i->lock, NULL);
    pthread_cond_init(&i->wake, NULL);
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old); /* signals belong to the loop's thread */
    int failed = pthread_create(&i->thread, NULL, work, i);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    if (failed) {
        fprintf(stderr, "the index is not kept up: no thread\n");
        indexer_free(i);
        return NULL;
    }
    return i;
}

void indexer_tell(struct indexer *i, const char *instance_id)
{
    if (!i)
        return;
    pthread_mutex_lock(&i->lock);
    if (instance_id || !i->batch_told) {
        struct note *note = xcalloc(1, sizeof(*note));
        note->instance_id = instance_id ? xstrdup(instance_id) : NULL;
        *i->last = note;
        i->last = &note->next;
        if (!instance_id)
            i->batch_told = true;
        pthread_cond_signal(&i->wake);
    }
    pthread_mutex_unlock(&i->lock);
}

void indexer_end(struct indexer *i)
{
    if (!i)
        return;
    pthread_mutex_lock(&i->lock);
    i->ending = true;
    pthread_cond_signal(&i->wake);
    pthread_mutex_unlock(&i->lock);
    pthread_join(i->thread, NULL);
    indexer_free(i);
}
