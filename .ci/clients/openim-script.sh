# OpenIM's own script scripts/install/test.sh of v3.5, its function openim::test::api (curl, jq).

SERVE_FLAGS="$SERVE_FLAGS --openim-app clients/suite"

run_suite() {
    # The script ends with the first refusal; here each request is judged, those that open a token too, and all are made.
    cat >"$WORK/drive.sh" <<'BASH'
source scripts/install/test.sh
set +o errexit
passed=0 failed=0
openim::test::check_error() {
    if [[ "$(jq '.errCode' <<<"$1")" == 0 ]]; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    echo "FAILED ${FUNCNAME[1]} $1"
}
eval "$(declare -f openim::test::get_token | sed '1s/get_token/open_token/')"
openim::test::get_token() {
    local token
    token=$(openim::test::open_token "$@")
    if [[ -n "$token" ]]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo 'FAILED get_token'; fi
}
openim::test::api >"$WORK/api.txt"
grep ^FAILED "$WORK/api.txt"
echo "$passed of $((passed + failed))"
[ "$failed" -eq 0 ]
BASH
    SECRET=$CLIENT_SECRET OPENIM_API_HOST=127.0.0.1 API_OPENIM_PORT=$PORT OPENIM_IP=127.0.0.1 bash "$WORK/drive.sh"
}
