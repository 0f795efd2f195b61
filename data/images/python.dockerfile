# bottega-python from an interpreter of this host: its files at the same absolute path, because
# they may carry an RPATH, and the pip and setuptools of their time.
ARG BASE
FROM ${BASE}
ARG PREFIX
ARG VERSION
ARG PINS
COPY root/ /
ENV PATH=${PREFIX}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
RUN set -e; \
    cd "${PREFIX}/bin"; \
    [ -e python ] || ln -s "python${VERSION}" python; \
    [ -e "python${VERSION%%.*}" ] || ln -s "python${VERSION}" "python${VERSION%%.*}"; \
    echo "export PATH=${PATH}" >/etc/profile.d/bottega.sh; \
    python -m ensurepip --default-pip; \
    python -m pip install --no-cache-dir --upgrade ${PINS}; \
    python -c 'import bz2, ctypes, hashlib, sqlite3, ssl, zlib'; \
    rm -rf /root/.cache
CMD ["python"]
