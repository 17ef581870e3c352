#!/bin/sh
# Installs the HTML checker that tests/test_valid_html.py runs, if there is Node. Without Node the test
# prints that it was skipped.
set -eu
cd "$(dirname "$0")/../tests/html"
[ -x node_modules/.bin/html-validate ] && exit 0
command -v npm >/dev/null || exit 0
npm ci --ignore-scripts --no-audit --no-fund --silent > /dev/null 2>&1 \
    || echo "The HTML checker could not be installed. Is this machine online? Its test will say so."
