# bottega-base: a Debian tree, uv, and this host's way to packages. Every local interpreter
# stands on this layer.
ARG BASE
FROM ${BASE} AS uv
COPY site /usr/local/share/bottega
RUN sh /usr/local/share/bottega/site-setup.sh
RUN apt-get update -q && apt-get install -yq --no-install-recommends python3-pip
RUN PIP_BREAK_SYSTEM_PACKAGES=1 python3 -m pip install --target /uv uv

FROM ${BASE}
COPY site /usr/local/share/bottega
COPY --from=uv /uv/bin/uv /usr/local/bin/uv
RUN sh /usr/local/share/bottega/site-setup.sh
ENV LANG=C.UTF-8
