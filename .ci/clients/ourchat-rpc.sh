# PyPI connectrpc and grpcio, generated from OurChat's own protos: every method in four protocols (grpcio-tools, grpcio-reflection, grpcio-health-checking).

SERVE_FLAGS="${SERVE_FLAGS:-} --ourchat-app clients/suite"

run_suite() {
    mkdir "$WORK/stubs"
    # The folder is a copy of OurChat's repository: its definitions lie below service/.
    "${PYTHON:-python3}" -m grpc_tools.protoc -I. --python_out="$WORK/stubs" $(find service -name '*.proto') || return 2
    BASE=$BASE PORT=$PORT PYTHONPATH=$WORK/stubs:${PYTHONPATH:-} \
        "${PYTHON:-python3}" "$here/ourchat-rpc.py" ${SUITE_ARGUMENTS:-}
}
