# bottega-python from the Debian suite's own interpreter.
ARG BASE
FROM ${BASE}
ARG VERSION
RUN set -e; \
    apt-get update -q; \
    apt-get install -yq --no-install-recommends python3 python3-dev python3-pip python3-venv; \
    python3 --version | grep -qF "Python ${VERSION}."; \
    rm -f /usr/lib/python3*/EXTERNALLY-MANAGED; \
    ln -s /usr/bin/python3 /usr/local/bin/python; \
    rm -rf /var/lib/apt/lists/*
CMD ["python"]
