# Ruby gem easemob of bayetech: its RSpec examples (ruby-rspec, ruby-http, ruby-connection-pool).

run_suite() {
    # The examples load two gems that only measure them.
    mkdir stubs
    : >stubs/byebug.rb
    echo 'module SimpleCov; def self.start(*); end; end' >stubs/simplecov.rb
    cat >spec/test_account.rb <<RUBY
Easemob.base_url      = '$BASE'
Easemob.client_id     = '$CLIENT_ID'
Easemob.client_secret = '$CLIENT_SECRET'
Easemob.org_name      = '$ORG'
Easemob.app_name      = '$APP'
RUBY
    ruby -Istubs -Ilib -S rspec --no-color
}
