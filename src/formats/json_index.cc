// json_index.cc: simdjson's first pass for json_scan.c; the one C++ file of the project.
#include "formats/json_index.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

struct json_indexer {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> impl;
};

extern "C" struct json_indexer *json_indexer_new(void)
{
    return new (std::nothrow) json_indexer();
}

extern "C" void json_indexer_free(struct json_indexer *x)
{
    delete x;
}

static bool make_room(struct json_indexer *x, size_t len)
{
    if (x->impl && x->impl->capacity() >= len)
        return true;
    size_t room = len < (1u << 20) ? (1u << 20) : len + len / 4;
    if (room > simdjson::SIMDJSON_MAXSIZE_BYTES)
        room = simdjson::SIMDJSON_MAXSIZE_BYTES;
    return simdjson::get_active_implementation()->create_dom_parser_implementation(
               room, simdjson::DEFAULT_MAX_DEPTH, x->impl) == simdjson::SUCCESS;
}

extern "C" int json_indexer_run(struct json_indexer *x, const char *text, size_t len,
                                const uint32_t **at, size_t *n)
{
    if (!make_room(x, len))
        return 0;
    x->impl->n_structural_indexes = 0;
    simdjson::error_code code = x->impl->stage1(reinterpret_cast<const uint8_t *>(text), len,
                                                simdjson::stage1_mode::regular);
    /* Bytes that are no UTF-8 are found last, when the index is whole. */
    if (code != simdjson::SUCCESS && code != simdjson::UTF8_ERROR)
        return 0;
    *at = x->impl->structural_indexes.get();
    *n = x->impl->n_structural_indexes;
    return *n > 0;
}
