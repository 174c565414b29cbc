# florilege: see README.md. `make help` lists the targets.
#
# `make book` and `make test` install what they miss; everything else expects it.

PREFIX ?= /usr/local
DESTDIR ?=
SAN ?= 0
FUZZ_SECONDS ?= 60

# What is sanitized or fuzzed is built apart.
ifeq ($(FUZZ),1)
B := build/fuzz
CC := clang
else ifeq ($(SAN),1)
B := build/san
else
B := build
endif

# ---- sources, in the order of the way through the program ------------------

BASE := memory arena buf utf8 nearest diag file publish cache clock pool
BOOK := node \
        yaml yaml_take yaml_write slug address network \
        markdown markdown_guard markdown_tidy markdown_html markdown_marks \
        markdown_notes front_matter picture picture_probe picture_decode press \
        anchor forms reader collate contact reading_list anthology portrait page order link \
        ledger ledger_write edition_state edition book print \
        check_rules check check_text check_names check_source check_command \
        init \
        typography typography_protect typography_quotes typography_rules \
        strings identifier statement say compose compose_front compose_portrait compose_lists \
        compose_index compose_print vcard
IMPORT := block words decode lists leads text html_names html_style html_table html html_page \
          markdown templates wordpress sound export archive source habits prepare series names nearby introduced person \
          role dates contacts sections label askers speakers asking looks weigh questions kind \
          opening find readings inline write pictures store spool report import
LAYOUT := style credits \
          fonts fount protrude hyphen shape lexeme \
          paragraph bidi break line put text \
          galley looks refs spans lines notes figure opening table terms lists titles \
          flow depth paginate place heads number faces join pages pattern cover jacket layout
PDF := sheet font raster draw pack object cluster reading codes cmap drawn typecase plates structure \
       content navigate intent metadata graph hints linear finish pdf cover flatplan fold reader booklet
EPUB := xml ocf pagemap vocabulary selector stylesheet rendition image image_svg subset writer block inline xhtml navigation facts onix package epub

# Fuzzed are the readers alone.
ifeq ($(FUZZ),1)
LAYOUT :=
PDF :=
EPUB :=
endif
SRC := $(BASE:%=src/base/%.c) $(BOOK:%=src/book/%.c) $(IMPORT:%=src/import/%.c) \
       $(LAYOUT:%=src/layout/%.c) $(PDF:%=src/pdf/%.c) $(EPUB:%=src/epub/%.c)
OBJ := $(SRC:src/%.c=$(B)/obj/%.o)

# One cmocka program per file tests/unit/NAME.c.
UNIT := $(basename $(notdir $(wildcard tests/unit/*.c)))

# ---- tools and libraries ----------------------------------------------------

PACKAGES := libzip libxml-2.0 cairo cairo-ft cairo-pdf pango pangoft2 harfbuzz \
            harfbuzz-subset fontconfig freetype2 yaml-0.1 libqpdf \
            gdk-pixbuf-2.0 libjpeg lcms2 libqrencode icu-uc icu-i18n glib-2.0 zlib \
            libdeflate libcmark-gfm
# pkg-config is asked at the first use and once, since it may not be there yet.
once = $(eval $(1) := $(2))$($(1))
PACKAGE_CFLAGS = $(call once,PACKAGE_CFLAGS,$(shell pkg-config --cflags $(PACKAGES)))
PACKAGE_LIBS = $(call once,PACKAGE_LIBS,$(shell pkg-config --libs $(PACKAGES)))
LIBRARIES = $(PACKAGE_LIBS) -lcmark-gfm-extensions -lhyphen -lzint -lm -pthread
VERSION := 0.1

CFLAGS ?= -O2 -g
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes \
            -Wmissing-prototypes -Wpointer-arith -Wcast-qual -Wvla
OUR_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 -pthread $(WARNINGS) -Isrc \
             -DFLORILEGE_PREFIX='"$(PREFIX)"' -DFLORILEGE_VERSION='"$(VERSION)"' \
             $(PACKAGE_CFLAGS:-I%=-isystem%)
ifeq ($(FUZZ),1)
# (clang sees a cast in a macro of GLib's.)
OUR_CFLAGS += -fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer \
              -Wno-cast-qual
OUR_LDFLAGS += -fsanitize=fuzzer,address,undefined
else ifeq ($(SAN),1)
OUR_CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined \
              -fno-omit-frame-pointer
OUR_LDFLAGS += -fsanitize=address,undefined
endif

# One short line per file made; `make V=1` shows the commands, `make -s` nothing.
ifeq ($(V),1)
MADE := @:
else
MADE := $(if $(findstring s,$(firstword -$(MAKEFLAGS))),@:,@printf '%s %s\n')
Q := @
endif

.PHONY: all book test golden bench fuzz install uninstall clean help unit units
all: $(B)/florilege

$(B)/florilege: $(B)/obj/main.o $(B)/obj/build.o $(B)/obj/editions.o $(B)/libflorilege.a
	$(MADE) link $@
	$(Q)$(CC) $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $^ $(LIBRARIES)

$(B)/libflorilege.a: $(OBJ)
	$(Q)rm -f $@
	$(Q)$(AR) qcs $@ $^

$(B)/obj/%.o: src/%.c Makefile $(B)/flags | build/libraries
	@mkdir -p $(@D)
	$(MADE) cc $<
	$(Q)$(CC) $(OUR_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# What another compiler or other flags made is made anew, and where the program
# will be installed is in it.
FLAGS := $(CC) $(CFLAGS) $(LDFLAGS)
ifneq ($(file <$(B)/flags),$(FLAGS))
$(B)/flags: force
endif
ifneq ($(file <$(B)/prefix),$(PREFIX))
$(B)/prefix: force
endif
$(B)/obj/base/file.o: $(B)/prefix
$(B)/flags: export SAID = $(FLAGS)
$(B)/prefix: export SAID = $(PREFIX)
$(B)/flags $(B)/prefix:
	@mkdir -p $(@D)
	@printf '%s\n' "$$SAID" >$@
.PHONY: force

# Says once, and in one line, that libraries are missing.
build/libraries: Makefile
	@mkdir -p $(@D)
	@pkg-config --exists $(PACKAGES) || { \
	    echo 'florilege: libraries are missing; run `make book`, which installs them' >&2; exit 1; }
	@touch $@

$(B)/tests/%: tests/unit/%.c $(B)/libflorilege.a
	@mkdir -p $(@D)
	$(MADE) cc $<
	$(Q)$(CC) $(OUR_CFLAGS) $(CFLAGS) -MMD -MP -Itests $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $< \
	    $(B)/libflorilege.a $(LIBRARIES) -lcmocka

-include $(OBJ:.o=.d) $(B)/obj/main.d $(B)/obj/build.d $(B)/obj/editions.d $(UNIT:%=$(B)/tests/%.d)

# ---- the book ----------------------------------------------------------------

book:
	@tests/setup book
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory $(B)/book/made
	@ls $(B)/book/*.epub $(B)/book/*.pdf

$(B)/book/made: $(B)/florilege $(shell find content styles fonts -type f 2>/dev/null)
	$(B)/florilege build -o $(@D)
	@touch $@

# ---- tests -------------------------------------------------------------------

UNITS := $(UNIT:%=$(B)/tests/%)
SCRIPTS = $(wildcard tests/system/*.sh tests/conformance/*.sh)

units: $(UNITS)

unit: units
	@tests/run $(B) $(UNITS)

# Everything, a minute of fuzzing too; then, unless all of it was, the units and
# the main job sanitized.
test:
	@tests/setup test
	@$(MAKE) --no-print-directory all units
	@$(MAKE) --no-print-directory FUZZ=1 fuzzers
ifeq ($(SAN),1)
	@tests/run $(B) $(UNITS) $(SCRIPTS)
else
	@$(MAKE) --no-print-directory SAN=1 all units
	@tests/run $(B) $(UNITS) $(SCRIPTS) -- build/san $(UNIT:%=build/san/tests/%) \
	    tests/system/main-job.sh
endif

golden: units
	@tests/golden/review $(UNITS)

# One libFuzzer program per reader, tests/fuzz/NAME.c; the files of
# tests/fuzz/NAME/ are what it starts from, and what it ever found.
FUZZERS := $(basename $(notdir $(wildcard tests/fuzz/*.c)))

$(B)/fuzz/%: tests/fuzz/%.c $(B)/libflorilege.a
	@mkdir -p $(@D)
	$(MADE) cc $<
	$(Q)$(CC) $(OUR_CFLAGS) $(CFLAGS) -MMD -MP -Itests $(OUR_LDFLAGS) $(LDFLAGS) -o $@ $< \
	    $(B)/libflorilege.a $(LIBRARIES)

-include $(FUZZERS:%=$(B)/fuzz/%.d)

.PHONY: fuzzers
fuzzers: $(FUZZERS:%=$(B)/fuzz/%)

fuzz:
	@tests/setup fuzz
	@$(MAKE) --no-print-directory FUZZ=1 fuzzers
	@tests/fuzz/run $(FUZZ_SECONDS) $(FUZZERS:%=build/fuzz/fuzz/%)

bench: all
	@tests/bench/run $(B)/florilege

# The pictures of README.md, pages of the default anthology.
.PHONY: pictures
pictures: all
	@doc/pictures $(B)/florilege

# ---- installing --------------------------------------------------------------

SHARE = $(DESTDIR)$(PREFIX)/share

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/florilege $(SHARE)/man/man1 $(SHARE)/man/man5
	install -m 755 $(B)/florilege $(DESTDIR)$(PREFIX)/bin/florilege
	cp -R styles fonts $(SHARE)/florilege/
	chmod -R u+rwX,go+rX,go-w $(SHARE)/florilege
	install -m 644 doc/*.1 $(SHARE)/man/man1/
	install -m 644 doc/*.5 $(SHARE)/man/man5/

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/florilege
	rm -rf $(SHARE)/florilege
	cd doc && for page in *.1; do rm -f "$(SHARE)/man/man1/$$page"; done
	cd doc && for page in *.5; do rm -f "$(SHARE)/man/man5/$$page"; done

clean:
	rm -rf build

help:
	@echo 'make            builds build/florilege'
	@echo 'make book       installs what is missing, builds the default anthology into build/book'
	@echo 'make test       installs what is missing, passes all tests (SAN=1: all of them sanitized)'
	@echo 'make unit       the unit and golden tests alone'
	@echo 'make golden     shows how the golden files would change, and asks'
	@echo 'make bench      seconds per stage for 10, 100 and 1,000 portraits, and of importing them (BENCH="10 10000")'
	@echo 'make fuzz       fuzzes every reader (FUZZ_SECONDS=$(FUZZ_SECONDS) each; make test: a minute in all)'
	@echo 'make install    into PREFIX=$(PREFIX), under DESTDIR; make uninstall takes it away'
	@echo 'make pictures   draws the pictures of README.md anew'
	@echo 'make clean      removes build/'
