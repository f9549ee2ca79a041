# PHP SDK easemob/im-php-server-sdk: its PHPUnit tests (php-cli, php-curl, php-mbstring, php-xml, phpunit).

run_suite() {
    rm -rf runtime/cache
    mkdir -p runtime/cache vendor
    # The part of composer's loader that the tests need.
    cat >vendor/autoload.php <<'PHP'
<?php spl_autoload_register(function ($name) {
    $file = __DIR__ . '/../' . str_replace('\\', '/', $name) . '.php';
    if (strncmp($name, 'tests\\', 6) === 0 && is_file($file)) require_once $file;
});
PHP
    sed -i -e "s|new Auth(.*)|new Auth('$ORG#$APP', '$CLIENT_ID', '$CLIENT_SECRET')|" \
        -e "s|// *\$this->auth->setApiUri(.*);|\$this->auth->setApiUri('$BASE');|" tests/Base.php
    phpunit --colors=never
}
