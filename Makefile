# florilege: see README.md. `make help` lists the targets.

PREFIX ?= /usr/local
DESTDIR ?=
SAN ?= 0
FUZZ_SECONDS ?= 60

ifeq ($(SAN),1)
B := build/san
else
B := build
endif

# ---- sources, in the order of the way through the program ------------------

BASE := arena buf utf8 diag file publish pool
BOOK := node init typography compose
IMPORT :=
LAYOUT :=
PDF :=
EPUB :=

SRC := $(BASE:%=src/base/%.c) $(BOOK:%=src/book/%.c) $(IMPORT:%=src/import/%.c) \
       $(LAYOUT:%=src/layout/%.c) $(PDF:%=src/pdf/%.c) $(EPUB:%=src/epub/%.c)
OBJ := $(SRC:src/%.c=$(B)/obj/%.o)

# One cmocka program per file tests/unit/NAME.c.
UNIT := $(basename $(notdir $(wildcard tests/unit/*.c)))

# ---- tools and libraries ----------------------------------------------------

PACKAGES := libzip libxml-2.0 cairo cairo-ft cairo-pdf pango pangoft2 harfbuzz \
            harfbuzz-subset fontconfig freetype2 yaml-0.1 libqpdf \
            gdk-pixbuf-2.0 libqrencode icu-uc icu-i18n glib-2.0 zlib libcmark-gfm
LIBRARIES = $(shell pkg-config --libs $(PACKAGES)) \
            -lcmark-gfm-extensions -lhyphen -lzint -lm -pthread
VERSION := 0.1

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wvla
OUR_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -pthread $(WARNINGS) -Isrc \
             -DFLORILEGE_PREFIX='"$(PREFIX)"' -DFLORILEGE_VERSION='"$(VERSION)"' \
             $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
ifeq ($(SAN),1)
OUR_CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined \
              -fno-omit-frame-pointer
OUR_LDFLAGS += -fsanitize=address,undefined
endif

.PHONY: all book test golden bench fuzz install uninstall clean help
all: $(B)/florilege

$(B)/florilege: $(B)/obj/main.o $(B)/obj/build.o $(B)/obj/pending.o $(B)/libflorilege.a
	$(CC) $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
	    -Wl,--whole-archive $(B)/libflorilege.a -Wl,--no-whole-archive $(LIBRARIES)

$(B)/libflorilege.a: $(OBJ)
	rm -f $@
	$(AR) rcs $@ $^

$(B)/obj/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(CC) $(OUR_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(B)/tests/%: tests/unit/%.c $(B)/libflorilege.a
	@mkdir -p $(@D)
	$(CC) $(OUR_CFLAGS) $(CFLAGS) -MMD -MP -Itests $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $< \
	    $(B)/libflorilege.a $(LIBRARIES) -lcmocka

-include $(OBJ:.o=.d) $(B)/obj/main.d $(B)/obj/build.d $(UNIT:%=$(B)/tests/%.d)

.PHONY: unit
unit: $(UNIT:%=$(B)/tests/%)
	@for test in $^; do $$test || exit 1; done

clean:
	rm -rf build
