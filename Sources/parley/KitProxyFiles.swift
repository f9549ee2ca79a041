// Sites of the two usual proxies: TLS in front, sockets and streams passed through, the client's address handed on.

import HTTP
import Server

enum NginxFile {
    static func text(_ plan: KitPlan) throws -> String {
        """
        # \(plan.heading("nginx")); for /etc/nginx/conf.d. Start parley with --trust-proxy 127.0.0.1.
        upstream parley {
            server \(plan.upstream);
            # Below --keep-alive-seconds (\(plan.configuration.keepAliveSeconds)), or a request would meet a connection that is being closed.
            keepalive 64;
            keepalive_timeout \(max(1, plan.configuration.keepAliveSeconds / 2))s;
        }

        # A pool of their own: one connection speaks one version of HTTP.
        upstream parley_calls {
            server \(plan.upstream);
            keepalive 16;
            keepalive_timeout \(max(1, plan.configuration.keepAliveSeconds / 2))s;
        }

        map $http_upgrade $parley_connection {
            default upgrade;
            ""      "";
        }

        server {
            listen 443 ssl http2;
            listen [::]:443 ssl http2;
            server_name \(name(plan.site));
            ssl_certificate /etc/ssl/certs/parley.pem;
            ssl_certificate_key /etc/ssl/private/parley.key;
            ssl_protocols TLSv1.2 TLSv1.3;

            client_max_body_size \(plan.largestBody);
            large_client_header_buffers 4 \(max(8192, plan.configuration.http.requestLineBytes));

            location = /metrics {
                return 404;
            }

            # Calls of gRPC need HTTP/2 all the way; those of gRPC-Web and of the Connect protocol pass the same way.
            location ~ ^/([^/]+/[^/]+/)?(service|grpc)[.] {
                grpc_pass grpc://parley_calls;
                grpc_set_header Host $http_host;
                grpc_set_header X-Forwarded-For $remote_addr;
                grpc_set_header X-Forwarded-Proto $scheme;
                grpc_set_header Forwarded "";
                grpc_read_timeout \(plan.configuration.pingSeconds * 4 + 60)s;
                grpc_send_timeout 60s;
                grpc_next_upstream off;
            }

            location / {
                proxy_pass http://parley;
                proxy_http_version 1.1;
                proxy_set_header Host $http_host;
                proxy_set_header Upgrade $http_upgrade;
                proxy_set_header Connection $parley_connection;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Proto $scheme;
                proxy_set_header Forwarded "";
                # Files go through as they come, and streams as they are written.
                proxy_request_buffering off;
                proxy_buffering off;
                # Longer than a socket may be silent: it is pinged every \(plan.configuration.pingSeconds) s.
                proxy_read_timeout \(plan.configuration.pingSeconds * 4 + 60)s;
                proxy_send_timeout 60s;
                # A change is never sent twice.
                proxy_next_upstream off;
            }
        }

        """
    }

    /// Without its port.
    private static func name(_ site: String) -> String {
        if site.hasPrefix("[") { return String(site.prefix { $0 != "]" }) + "]" }
        return String(site.prefix { $0 != ":" })
    }
}

enum CaddyFile {
    static func text(_ plan: KitPlan) throws -> String {
        """
        # \(plan.heading("caddy")). Start parley with --trust-proxy 127.0.0.1.
        https://\(plan.site) {
        \t# Caddy gets a certificate by itself; with one of your own:
        \t# tls /etc/ssl/certs/parley.pem /etc/ssl/private/parley.key
        \trequest_body {
        \t\tmax_size \(plan.largestBody)
        \t}
        \t@private path /metrics
        \trespond @private 404
        \t# Calls of gRPC need HTTP/2 all the way; those of gRPC-Web and of the Connect protocol pass the same way.
        \t@calls path_regexp ^/([^/]+/[^/]+/)?(service|grpc)[.]
        \treverse_proxy @calls h2c://\(plan.upstream) {
        \t\tflush_interval -1
        \t\theader_up -Forwarded
        \t\ttransport http {
        \t\t\tversions h2c 2
        \t\t\tkeepalive \(max(1, plan.configuration.keepAliveSeconds / 2))s
        \t\t}
        \t}
        \treverse_proxy \(plan.upstream) {
        \t\t# Streams go out as they are written.
        \t\tflush_interval -1
        \t\theader_up -Forwarded
        \t\ttransport http {
        \t\t\t# Below --keep-alive-seconds, or a request would meet a connection that is being closed.
        \t\t\tkeepalive \(max(1, plan.configuration.keepAliveSeconds / 2))s
        \t\t}
        \t}
        }

        """
    }
}
