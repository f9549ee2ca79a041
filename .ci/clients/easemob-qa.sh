# QA suite numbpeople/sx_test, commit c980efc of June 2019: PYTHON is Python 2.7 with robotframework 3.1.2, -requests 0.4.5, -pabot 0.44.

# Every row without a token fails on purpose, from one address.
SERVE_FLAGS="$SERVE_FLAGS --token-failures 1000000"

run_suite() {
    sed -i -e "s|^&{RestRes} .*|\&{RestRes}    RestUrl=$BASE    username=$ADMIN    password=$ADMIN_PASSWORD    alias=|" \
        Variable_Env.robot
    # Robot's own report counts test cases; a row is one line of a case, and fails alone.
    cat >"$WORK/Rows.py" <<'PYTHON'
# -*- coding: utf-8 -*-
import io, os, sys


class Rows(object):
    ROBOT_LISTENER_API_VERSION = 2

    def __init__(self):
        self.depth = self.steps = self.passed = 0
        self.test, self.row, self.message, self.failed = None, None, u'', []

    def start_test(self, name, attributes):
        self.test, self.depth, self.line = name, 0, 0

    def end_test(self, name, attributes):
        self.test = None

    def start_keyword(self, name, attributes):
        if self.test is None or attributes['type'] in ('Setup', 'Teardown'):
            return
        self.depth += 1
        if self.depth == 1:
            self.line, self.steps, self.message = self.line + 1, 0, u''
        elif self.depth == 2:
            self.steps += 1

    def end_keyword(self, name, attributes):
        if self.test is None or attributes['type'] in ('Setup', 'Teardown'):
            return
        self.depth -= 1
        # A row that isn't to be run ends after the two steps that find that out.
        if self.depth or self.steps <= 2:
            return
        if attributes['status'] == 'PASS':
            self.passed += 1
        else:
            self.failed.append(u'%s [%d] %s' % (self.test, self.line, self.message))

    def log_message(self, message):
        if message['level'] == 'FAIL':
            self.message = message['message']

    def close(self):
        with io.open(os.path.join(os.environ['WORK'], 'rows.txt'), 'w', encoding='utf-8') as out:
            out.write(u''.join(u'FAILED %s\n' % row.replace(u'\n', u' ')[:2000] for row in self.failed))
            out.write(u'%d of %d rows\n' % (self.passed, self.passed + len(self.failed)))
PYTHON
    "${PYTHON:-python2}" -m robot --pythonpath Lib --pythonpath "$WORK" --listener Rows --output NONE --log NONE --report NONE \
        --loglevel WARN --console none RestTestCase >/dev/null 2>&1
    cat "$WORK/rows.txt"
    ! grep -q ^FAILED "$WORK/rows.txt"
}
