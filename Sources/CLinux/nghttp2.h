// The values that go between a caller and libnghttp2 (version 1.x), which is opened at run time: no header of it is needed.
#ifndef PARLEY_NGHTTP2_H
#define PARLEY_NGHTTP2_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// nghttp2_frame_hd: how each frame begins.
struct h2_frame_head {
    size_t length;
    int32_t stream_id;
    uint8_t type;
    uint8_t flags;
    uint8_t reserved;
};

// nghttp2_nv: a field.
struct h2_field {
    uint8_t *name;
    uint8_t *value;
    size_t name_length;
    size_t value_length;
    uint8_t flags;
};

// nghttp2_settings_entry.
struct h2_setting {
    int32_t id;
    uint32_t value;
};

// nghttp2_data_source, and the callback that fills a frame.
union h2_data_source {
    int descriptor;
    void *pointer;
};
typedef ssize_t (*h2_read)(void *session, int32_t stream_id, uint8_t *buffer, size_t length, uint32_t *flags,
                           union h2_data_source *source, void *user);

// nghttp2_data_provider.
struct h2_data_provider {
    union h2_data_source source;
    h2_read read;
};

typedef int (*h2_on_frame)(void *session, const void *frame, void *user);
typedef int (*h2_on_begin_frame)(void *session, const struct h2_frame_head *head, void *user);
typedef int (*h2_on_header)(void *session, const void *frame, const uint8_t *name, size_t name_length,
                            const uint8_t *value, size_t value_length, uint8_t flags, void *user);
typedef int (*h2_on_data)(void *session, uint8_t flags, int32_t stream_id, const uint8_t *data, size_t length,
                          void *user);
typedef int (*h2_on_close)(void *session, int32_t stream_id, uint32_t error_code, void *user);

#endif
