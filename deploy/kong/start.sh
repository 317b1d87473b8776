#!/bin/sh
# Starts Kong 3.9 with kong.yml: the command of its container, with this folder mounted at /kong. Anything below may be
# set differently from outside; KONG_TRUSTED_IPS must be (the addresses of the load balancer in front).
set -eu

config="$(resty /kong/render.lua /kong/kong.yml)"
export KONG_DECLARATIVE_CONFIG_STRING="$config"
export KONG_DATABASE=off
export KONG_ADMIN_LISTEN="${KONG_ADMIN_LISTEN:-off}"
export KONG_STATUS_LISTEN="${KONG_STATUS_LISTEN:-0.0.0.0:8100}"
export KONG_PROXY_LISTEN="${KONG_PROXY_LISTEN:-0.0.0.0:8000 reuseport backlog=16384}"
export KONG_ROUTER_FLAVOR=traditional_compatible

# Neither Server, Via nor Kong's own headers: plugins run too early to remove them.
export KONG_HEADERS=off

# An access line holds the route's answer and never the address asked for, whose query may hold what a person typed. The
# error log quotes whole requests from the level "error" on.
export KONG_NGINX_HTTP_LOG_FORMAT="allowed escape=json '{\"event\":\"request\",\"service\":\"kong\",\"requestId\":\"\$sent_http_x_request_id\",\"method\":\"\$request_method\",\"status\":\$status,\"durationSeconds\":\$request_time}'"
export KONG_PROXY_ACCESS_LOG="/dev/stdout allowed"
export KONG_PROXY_ERROR_LOG="/dev/stderr crit"

# Who the client is, behind the load balancer.
: "${KONG_TRUSTED_IPS:?the addresses of the load balancer in front, e.g. 10.0.0.0/16}"
export KONG_REAL_IP_HEADER=X-Forwarded-For
export KONG_REAL_IP_RECURSIVE=on

# The limits of the local gateway: 16 kB of headers, 256 kB of body also where no length was sent, and no slow clients.
export KONG_NGINX_HTTP_LARGE_CLIENT_HEADER_BUFFERS="4 16k"
export KONG_NGINX_HTTP_CLIENT_MAX_BODY_SIZE=256k
export KONG_NGINX_HTTP_CLIENT_BODY_BUFFER_SIZE=256k
export KONG_NGINX_HTTP_CLIENT_HEADER_TIMEOUT=10s
export KONG_NGINX_HTTP_CLIENT_BODY_TIMEOUT=10s

exec /docker-entrypoint.sh kong docker-start
