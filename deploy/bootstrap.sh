#!/bin/sh
# Prepares .venv: finds a Python, creates the environment, installs the packages of the given file.
# Safe to stop at any time and run again: the stamp that says it has finished is written last.
# Usage: deploy/bootstrap.sh requirements.txt
set -eu
cd "$(dirname "$0")/.."
requirements=${1:-requirements.txt}

fail() { printf '\n%s\n' "$*" >&2; exit 1; }

python=""
seen=""
for name in ${PYTHON:-} python3.13 python3.14 python3.12 python3 python; do
    version=$("$name" -c 'import sys; print("%d.%d.%d" % sys.version_info[:3])' 2>/dev/null) || continue
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 12))'; then python=$name; break; fi
    seen="$seen $name $version;"
done
[ -n "$python" ] || fail "cinemaCLIPS needs Python 3.12 or newer; this machine has:${seen:- no Python at all.}
Install one (3.13 is the one we test with), or name it: PYTHON=/path/to/python3.13 make run"

[ -w . ] || fail "The folder $(pwd) is not writable, so .venv cannot be made. Change its owner or copy the project elsewhere."

stamp=".venv/.installed-$(cat requirements.txt "$requirements" | cksum | tr ' ' '-')"
[ -f "$stamp" ] && [ -x .venv/bin/python ] && .venv/bin/python -c pass 2>/dev/null && exit 0

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    echo "Making .venv with $("$python" --version 2>&1) ..."
    "$python" -m venv --clear .venv || fail "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv; then run again."
fi
echo "Installing the packages of $requirements (a minute, once) ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r "$requirements" > .venv/install.log 2>&1 \
    || fail "The packages could not be installed (.venv/install.log says more). Is this machine online? Nothing is lost: the same command goes on from here."
touch "$stamp"
