# QA suite numbpeople/sx_test, commit c980efc of June 2019: PYTHON is Python 2.7 with robotframework 3.1.2, -requests 0.4.5, -pabot 0.44.

SERVE_FLAGS="$SERVE_FLAGS --token-failures 1000000"

run_suite() {
    sed -i -e "s|^&{RestRes} .*|\&{RestRes}    RestUrl=$BASE    username=$ADMIN    password=$ADMIN_PASSWORD    alias=|" \
        Variable_Env.robot
    "${PYTHON:-python2}" -m robot --pythonpath Lib --outputdir "${OUT:-$WORK/out}" --consolecolors off RestTestCase
}
