/* The elements stand in the order that ONIX for Books 3.0 demands; the codes are
 * of its lists, named where they are used. What the book does not know is left
 * out; a publisher it must have, so editors or the title stand in. */
#include "epub/onix.h"

#include "base/arena.h"
#include "epub/facts.h"
#include "epub/xml.h"

#include <unicode/uloc.h>

#include <string.h>

const char onix_media_type[] = "application/xml";

struct record {
    struct arena *arena;
    const struct book *book;
    struct facts facts;
    struct xml *xml;
    int contributors;
};

static void open_group(struct record *record, const char *element)
{
    xml_open(record->xml, element);
    xml_newline(record->xml);
}

static void close_group(struct record *record)
{
    xml_close(record->xml);
    xml_newline(record->xml);
}

static void put(struct record *record, const char *element, const char *text)
{
    if (text != NULL)
        xml_leaf(record->xml, element, text);
}

static const char *compact_date(struct record *record)
{
    const char *date = record->book->date;

    return arena_printf(record->arena, "%.4s%.2s%.2s", date, date + 5, date + 8);
}

static const char *publisher_name(const struct book *book)
{
    return book->publisher.name != NULL ? book->publisher.name
        : book->editor_count > 0 ? book->editors[0] : book->title;
}

/* ---- who it is --------------------------------------------------------- */

/* List 5: 15 is ISBN-13, 22 a URN. */
static void write_identifier(struct record *record, const char *code, const char *value)
{
    open_group(record, "ProductIdentifier");
    put(record, "ProductIDType", code);
    put(record, "IDValue", value);
    close_group(record);
}

static void write_identifiers(struct record *record)
{
    put(record, "RecordReference", record->facts.edition);
    put(record, "NotificationType", "03");            /* list 1: confirmed on publication */
    if (record->facts.isbn_epub != NULL)
        write_identifier(record, "15", record->facts.isbn_epub);
    write_identifier(record, "22", record->facts.edition);
}

/* ---- what it is -------------------------------------------------------- */

static void write_feature(struct record *record, const char *type, const char *value,
                          const char *description)
{
    open_group(record, "ProductFormFeature");
    put(record, "ProductFormFeatureType", type);
    put(record, "ProductFormFeatureValue", value);
    put(record, "ProductFormFeatureDescription", description);
    close_group(record);
}

/* List 79: 09 is accessibility, with values of list 196. */
static void write_accessibility(struct record *record)
{
    const struct facts *facts = &record->facts;
    const struct { bool there; const char *code; } features[] = {
        { record->book->certified_by != NULL, "04" },   /* EPUB Accessibility 1.1 */
        { true, "10" },                 /* nothing of the reading system is disabled */
        { true, "11" },                 /* table of contents */
        { facts->index, "12" },
        { true, "13" },                 /* reading order */
        { facts->described, "14" },     /* short alternative texts */
        { facts->pages > 0, "19" },     /* pages of the printed book */
        { true, "22" },                 /* languages tagged */
        { facts->headings, "29" },      /* structural navigation */
        { true, "30" },                 /* ARIA roles */
        { true, "36" },                 /* all text can be restyled */
        { facts->described, "52" },     /* can be read without sight */
        { record->book->certified_by != NULL, "82" },   /* WCAG 2.2 */
        { record->book->certified_by != NULL, "85" },   /* level AA */
    };

    write_feature(record, "09", "00", facts->summary);
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (features[i].there)
            write_feature(record, "09", features[i].code, NULL);
    write_feature(record, "12", "00", NULL);            /* list 143: no hazard */
}

/* List 15: 01 is the title proper; list 149: 01 of the product, 02 of the
 * collection. */
static void write_title(struct record *record, const char *level, const char *number,
                        const char *title, const char *subtitle)
{
    open_group(record, "TitleDetail");
    put(record, "TitleType", "01");
    open_group(record, "TitleElement");
    put(record, "TitleElementLevel", level);
    put(record, "PartNumber", number);
    put(record, "TitleText", title);
    put(record, "Subtitle", subtitle);
    close_group(record);
    close_group(record);
}

static void write_collection(struct record *record)
{
    const struct book *book = record->book;

    if (book->collection.name == NULL)
        return;
    open_group(record, "Collection");
    put(record, "CollectionType", "10");              /* list 148: of the publisher */
    write_title(record, "02", book->collection.number, book->collection.name, NULL);
    close_group(record);
}

/* List 17: B01 edited by, A44 interviewee. */
static void write_contributor(struct record *record, const char *role, const char *name,
                              const char *sort_name)
{
    open_group(record, "Contributor");
    put(record, "SequenceNumber", arena_printf(record->arena, "%d", ++record->contributors));
    put(record, "ContributorRole", role);
    if (facts_is_person(name)) {
        put(record, "PersonName", name);
        put(record, "PersonNameInverted",
            sort_name != NULL ? sort_name : facts_inverted(record->arena, name));
    } else {
        put(record, "CorporateName", name);
    }
    close_group(record);
}

static void write_contributors(struct record *record)
{
    const struct book *book = record->book;

    for (size_t i = 0; i < book->editor_count; i++)
        write_contributor(record, "B01", book->editors[i], NULL);
    for (size_t i = 0; i < book->portrait_count; i++)
        write_contributor(record, "A44", book->portraits[i]->name, book->portraits[i]->sort_name);
    if (record->contributors == 0) {
        xml_open(record->xml, "NoContributor");
        xml_close(record->xml);
        xml_newline(record->xml);
    }
}

/* List 21: REV revised, ENL enlarged, NED a new edition that is neither. */
static void write_edition(struct record *record)
{
    bool is_new = false, is_revised = false;

    if (record->facts.number == 0)
        return;
    for (size_t i = 0; i < record->book->portrait_count; i++) {
        is_new = is_new || record->book->portraits[i]->is_new;
        is_revised = is_revised || record->book->portraits[i]->is_revised;
    }
    if (is_revised)
        put(record, "EditionType", "REV");
    if (is_new)
        put(record, "EditionType", "ENL");
    if (!is_revised && !is_new && record->facts.number > 1)
        put(record, "EditionType", "NED");
    put(record, "EditionNumber", arena_printf(record->arena, "%d", record->facts.number));
    put(record, "EditionStatement", record->facts.statement);
}

/* Three letters of ISO 639-2, in the form for bibliographies. */
static const char *language_code(const char *tag)
{
    static const struct { const char *terms, *books; } differ[] = {
        { "bod", "tib" }, { "ces", "cze" }, { "cym", "wel" }, { "deu", "ger" }, { "ell", "gre" },
        { "eus", "baq" }, { "fas", "per" }, { "fra", "fre" }, { "hye", "arm" }, { "isl", "ice" },
        { "kat", "geo" }, { "mkd", "mac" }, { "mri", "mao" }, { "msa", "may" }, { "mya", "bur" },
        { "nld", "dut" }, { "ron", "rum" }, { "slk", "slo" }, { "sqi", "alb" }, { "zho", "chi" },
    };
    const char *code = uloc_getISO3Language(tag);

    for (size_t i = 0; i < sizeof differ / sizeof *differ; i++)
        if (strcmp(code, differ[i].terms) == 0)
            return differ[i].books;
    return *code == '\0' ? "und" : code;
}

static void write_languages(struct record *record)
{
    char country[ULOC_COUNTRY_CAPACITY];
    UErrorCode status = U_ZERO_ERROR;

    open_group(record, "Language");
    put(record, "LanguageRole", "01");                /* list 22: of the text */
    put(record, "LanguageCode", language_code(record->book->language));
    uloc_getCountry(record->book->language, country, sizeof country, &status);
    if (U_SUCCESS(status) && strlen(country) == 2)
        put(record, "CountryCode", country);
    close_group(record);
}

static void write_extent(struct record *record)
{
    if (record->facts.pages == 0)
        return;
    open_group(record, "Extent");
    put(record, "ExtentType", "10");                  /* list 23: notional pages */
    put(record, "ExtentValue", arena_printf(record->arena, "%u", record->facts.pages));
    put(record, "ExtentUnit", "03");                  /* list 24: pages */
    close_group(record);
}

static void write_subjects(struct record *record)
{
    for (size_t i = 0; i < record->book->subject_count; i++) {
        open_group(record, "Subject");
        put(record, "SubjectSchemeIdentifier", "20");         /* list 27: keywords */
        put(record, "SubjectHeadingText", record->book->subjects[i]);
        close_group(record);
    }
}

static void write_detail(struct record *record)
{
    open_group(record, "DescriptiveDetail");
    put(record, "ProductComposition", "00");          /* list 2: a single item */
    put(record, "ProductForm", "ED");                 /* list 150: a download */
    put(record, "ProductFormDetail", "E101");         /* list 175: EPUB */
    put(record, "ProductFormDetail", "E200");         /* reflowable */
    write_accessibility(record);
    put(record, "PrimaryContentType", "10");          /* list 81: text to the eye */
    put(record, "EpubTechnicalProtection", "00");     /* list 144: none */
    write_collection(record);
    write_title(record, "01", NULL, record->book->title, record->book->subtitle);
    write_contributors(record);
    write_edition(record);
    write_languages(record);
    write_extent(record);
    write_subjects(record);
    close_group(record);
}

/* ---- what is said of it, who sells it, what it belongs to ---------------- */

static void write_text(struct record *record, const char *type, const char *text)
{
    if (text == NULL)
        return;
    open_group(record, "TextContent");
    put(record, "TextType", type);
    put(record, "ContentAudience", "00");             /* list 154: anyone */
    put(record, "Text", text);
    close_group(record);
}

/* List 153: 03 a description, 04 the table of contents. */
static void write_collateral(struct record *record)
{
    const struct book *book = record->book;
    struct buf names = {0};

    for (size_t i = 0; i < book->portrait_count; i++)
        buf_printf(&names, "%s%s", i == 0 ? "" : " – ", book->portraits[i]->name);
    if (book->description != NULL || names.len > 0) {
        open_group(record, "CollateralDetail");
        write_text(record, "03", book->description);
        write_text(record, "04", names.len > 0 ? buf_text(&names) : NULL);
        close_group(record);
    }
    buf_free(&names);
}

static void write_publishing(struct record *record)
{
    const struct book *book = record->book;

    open_group(record, "PublishingDetail");
    open_group(record, "Publisher");
    put(record, "PublishingRole", "01");              /* list 45: publisher */
    put(record, "PublisherName", publisher_name(book));
    if (book->publisher.url != NULL) {
        open_group(record, "Website");
        put(record, "WebsiteRole", "01");             /* list 73: the publisher's own */
        put(record, "WebsiteLink", book->publisher.url);
        close_group(record);
    }
    close_group(record);
    put(record, "CityOfPublication", book->publisher.place);
    put(record, "PublishingStatus", "04");            /* list 64: active */
    open_group(record, "PublishingDate");
    put(record, "PublishingDateRole", "01");          /* list 163: of publication */
    put(record, "Date", compact_date(record));
    close_group(record);
    close_group(record);
}

static void write_related_product(struct record *record, const char *relation, const char *isbn)
{
    if (isbn == NULL)
        return;
    open_group(record, "RelatedProduct");
    put(record, "ProductRelationCode", relation);
    write_identifier(record, "15", isbn);
    close_group(record);
}

/* The work (list 164: 01, a manifestation of it) and the printed book whose pages
 * the e-book lists (list 51: 13). */
static void write_related(struct record *record)
{
    if (record->facts.work == NULL && record->facts.isbn_print == NULL)
        return;
    open_group(record, "RelatedMaterial");
    if (record->facts.work != NULL) {
        open_group(record, "RelatedWork");
        put(record, "WorkRelationCode", "01");
        open_group(record, "WorkIdentifier");
        put(record, "WorkIDType", "01");              /* list 16: one's own */
        put(record, "IDTypeName", "UUID");
        put(record, "IDValue", record->facts.work);
        close_group(record);
        close_group(record);
    }
    write_related_product(record, "13", record->facts.isbn_print);
    close_group(record);
}

bool onix_write(const struct book *book, const struct pages *pages, struct buf *out)
{
    struct record record = { .arena = arena_new(), .book = book, .xml = xml_new(NULL) };
    bool done;

    record.facts = facts_of(record.arena, book, pages);
    xml_open(record.xml, "ONIXMessage");
    xml_attribute(record.xml, "xmlns", "http://ns.editeur.org/onix/3.0/reference");
    xml_attribute(record.xml, "release", "3.0");
    xml_newline(record.xml);
    open_group(&record, "Header");
    open_group(&record, "Sender");
    put(&record, "SenderName", publisher_name(book));
    close_group(&record);
    put(&record, "SentDateTime", compact_date(&record));
    close_group(&record);
    open_group(&record, "Product");
    write_identifiers(&record);
    write_detail(&record);
    write_collateral(&record);
    write_publishing(&record);
    write_related(&record);
    close_group(&record);
    close_group(&record);
    done = xml_finish(record.xml, out);
    arena_free(record.arena);
    return done;
}
