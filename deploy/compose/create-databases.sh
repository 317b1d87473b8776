#!/bin/sh
# Run once by the postgres image, for an empty volume: a database and its owner for each service that has one.
set -eu

create() {
  psql --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres --set name="$1" --set password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE CONNECT ON DATABASE :"name" FROM PUBLIC;
SQL
}

create user "$USER_DATABASE_PASSWORD"
create order "$ORDER_DATABASE_PASSWORD"
create payment "$PAYMENT_DATABASE_PASSWORD"
