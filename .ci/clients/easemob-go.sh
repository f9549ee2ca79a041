# Go SDK xiaofengin/easemob-go, commit 96e29f6: its own tests judge nothing, so DRIVER is a program that calls its methods.

run_suite() {
    "${DRIVER:?a program that takes the address, ORG#APP, client id and secret}" \
        "$BASE" "$ORG#$APP" "$CLIENT_ID" "$CLIENT_SECRET"
}
