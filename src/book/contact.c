/* Contacts of a portrait: network, handle, address, note. What comes in is the
 * list of the front matter; a network or handle alone is made into an address
 * by the networks' table; an address that cannot be is refused. */
#include "book/network.h"
#include "book/reader.h"

#include <string.h>

struct raw {
    const char *network, *handle, *url, *note, *label;
};

static const struct yaml_field fields[] = {
    { .key = "network", .type = YAML_TO_STRING, .offset = offsetof(struct raw, network) },
    { .key = "handle", .type = YAML_TO_STRING, .offset = offsetof(struct raw, handle) },
    { .key = "url", .type = YAML_TO_STRING, .offset = offsetof(struct raw, url) },
    { .key = "note", .type = YAML_TO_STRING, .offset = offsetof(struct raw, note) },
    { .key = "label", .type = YAML_TO_STRING, .offset = offsetof(struct raw, label) },
};

static const struct network *find_network(const struct raw *raw, const struct yaml *value)
{
    const struct network *network;
    const char *near;

    if (raw->network == NULL)
        return raw->url == NULL ? NULL : network_of_address(raw->url);
    network = network_lookup(raw->network);
    near = network == NULL ? network_nearest(raw->network) : NULL;
    if (near != NULL)
        diag(DIAG_WARNING, yaml_lookup(value, "network")->at, "unknown-network",
             "unknown network “%s”; “%s”?", raw->network, near);
    return network;
}

/* The address: as given, or made from the handle. False after an error. */
static bool find_address(struct arena *arena, const struct raw *raw, const struct yaml *value,
                         const struct network *network, struct contact *contact)
{
    if (raw->url == NULL) {
        if (raw->handle != NULL)
            contact->url = network_address(arena, network, raw->handle);
        return true;
    }
    contact->url = network_address(arena, network, raw->url);
    if (contact->url == NULL)
        diag(DIAG_ERROR, yaml_lookup(value, "url")->at, "bad-address",
             "“%s” is no address; write it whole, as https://…", raw->url);
    return contact->url != NULL;
}

static const char *find_handle(struct arena *arena, const struct raw *raw,
                               const struct network *network, const char *url)
{
    if (raw->handle == NULL)
        return network == NULL || url == NULL ? NULL : network_handle(arena, network, url);
    if (network != NULL && network->at_sign && raw->handle[0] != '@'
        && strpbrk(raw->handle, " /") == NULL)
        return arena_printf(arena, "@%s", raw->handle);
    return raw->handle;
}

/* A bare address as an item: its network is seen from it. */
static bool read_bare(struct arena *arena, const struct yaml *value, struct contact *contact)
{
    struct raw raw = { .url = value->text };
    const struct network *network;

    contact->url = network_address(arena, NULL, value->text);
    if (contact->url == NULL) {
        diag(DIAG_ERROR, value->at, "bad-address",
             "“%s” is no address; write {network: …, handle: …}", value->text);
        return false;
    }
    network = network_of_address(contact->url);
    if (network == NULL)
        network = network_lookup("site");
    contact->network = network->key;
    contact->label = network->label;
    contact->handle = find_handle(arena, &raw, network, contact->url);
    return true;
}

static bool read_contact(struct arena *arena, const struct yaml *value, struct contact *contact)
{
    struct raw raw = {0};
    const struct network *network;

    contact->at = value->at;
    if (value->kind == YAML_SCALAR)
        return read_bare(arena, value, contact);
    if (!yaml_read(arena, value, "a contact", fields, sizeof fields / sizeof *fields, &raw))
        return false;
    if (raw.network == NULL && raw.url == NULL && raw.label == NULL) {
        diag(DIAG_ERROR, value->at, "missing-key", "a contact needs “network:”; add it");
        return false;
    }
    network = find_network(&raw, value);
    if (!find_address(arena, &raw, value, network, contact))
        return false;
    contact->network = network == NULL ? NULL : network->key;
    contact->label = raw.label != NULL ? raw.label
        : network != NULL ? network->label : raw.network != NULL ? raw.network : "Site";
    contact->handle = find_handle(arena, &raw, network, contact->url);
    contact->note = raw.note;
    if (contact->url == NULL && contact->note == NULL)
        diag(DIAG_WARNING, value->at, "contact-no-link",
             "no link can be made for %s; add “url:”, or a “note:” that says why",
             contact->label);
    return true;
}

bool contacts_read(struct arena *arena, const struct yaml *value, struct contact **contacts,
                   size_t *count)
{
    bool sound = true;

    if (value == NULL)
        return true;
    if (!yaml_expect(value, YAML_LIST, "“contacts”"))
        return false;
    *contacts = ARENA_ARRAY(arena, value->count, struct contact);
    *count = value->count;
    for (size_t i = 0; i < value->count; i++)
        if (!read_contact(arena, value->items[i], &(*contacts)[i]))
            sound = false;
    return sound;
}
