#!/usr/bin/env bash
# make install puts all that the program needs under PREFIX, DESTDIR before it,
# and make uninstall takes all of it away.
. "$(dirname "$0")/../lib.sh"

case $BUILD in
*san) skip "installing: tested with the plain program"; finish ;;
esac

# A copy of what is built; only the place it will be installed at is compiled anew.
cp -a "$BUILD" "$work/b"
prefix=$work/prefix
quiet_make() { make -s --no-print-directory B="$work/b" PREFIX="$prefix" "$@" MAKEFLAGS= ; }

files() { (cd "$1" && find . -type f | sort); }

runs_elsewhere() {
    cp -R content "$work/content"
    cd "$work" && env -u FLORILEGE_DATA "$prefix/bin/florilege" build -o books content && ls books
}

has() {
    local failed=0 file
    for file in bin/florilege share/man/man1/florilege.1 share/man/man5/florilege-content.5 \
        share/florilege/styles/classique/print.yaml share/florilege/fonts/fonts.conf; do
        [ -f "$1/$file" ] || { echo "no $file"; failed=1; }
    done
    return $failed
}

nothing_left() { [ -z "$(files "$1")" ] || { files "$1"; return 1; }; }

# Objects are made anew when the flags are others, and only then.
object=$work/o/obj/base/clock.o
made_with() { make -s --no-print-directory B="$work/o" CFLAGS="$1" MAKEFLAGS= "$object" >/dev/null && stat -c %Y.%y "$object"; }
first=$(made_with "-O0 -DWORD='\"a b\"'")
check "an object" test -n "$first"
equal "the same flags leave it" "$first" "$(made_with "-O0 -DWORD='\"a b\"'")"
check "others make it anew" test "$first" != "$(made_with -O1)"

check "make install" quiet_make install
check "all is there" has "$prefix"
check "the installed program builds a book elsewhere" runs_elsewhere
check "make install with DESTDIR" quiet_make install DESTDIR="$work/root"
check "all is there too" has "$work/root$prefix"
check "make uninstall" quiet_make uninstall
check "nothing is left" nothing_left "$prefix"
finish
