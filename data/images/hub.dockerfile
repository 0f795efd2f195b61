# bottega-python from the hub's official image, with what its slim form leaves out.
ARG BASE
ARG UV_BASE
FROM ${UV_BASE} AS uv
COPY site /usr/local/share/bottega
RUN sh /usr/local/share/bottega/site-setup.sh
RUN python -m pip install --target /uv uv

FROM ${BASE}
COPY site /usr/local/share/bottega
# Suites that Debian no longer carries moved to the archive.
RUN set -e; \
    apt-get update -q || { \
        sed -i -e 's/deb\.debian\.org/archive.debian.org/g' \
            -e 's/security\.debian\.org/archive.debian.org/g' -e '/-updates/d' \
            /etc/apt/sources.list; \
        apt-get update -q -o Acquire::Check-Valid-Until=false; \
    }; \
    apt-get install -yq --no-install-recommends build-essential ca-certificates git libbz2-dev \
        libexpat1-dev libffi-dev libgdbm-dev liblzma-dev libncurses-dev libreadline-dev \
        libsqlite3-dev libssl-dev netbase patch pkg-config procps tzdata unzip uuid-dev xz-utils \
        zlib1g-dev; \
    rm -rf /var/lib/apt/lists/*
COPY --from=uv /uv/bin/uv /usr/local/bin/uv
RUN sh /usr/local/share/bottega/site-setup.sh
ENV LANG=C.UTF-8
CMD ["python"]
