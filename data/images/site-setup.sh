# Makes an image reach packages the way its host does: certificates, pip's and uv's settings.
# Files, not environment variables: nothing of this shows up in a project's tests.
set -e
site=/usr/local/share/bottega
if [ -s "$site/ca.crt" ]; then
    mkdir -p /etc/ssl/certs
    cp "$site/ca.crt" /etc/ssl/certs/ca-certificates.crt
fi
cp "$site/pip.conf" /etc/pip.conf
mkdir -p /etc/uv
cp "$site/uv.toml" /etc/uv/uv.toml
if [ -s "$site/ca.crt" ] && command -v uv >/dev/null; then
    # The key was renamed; either version refuses or laments the other's.
    key=native-tls
    uv pip install --help 2>&1 | grep -q system-certs && key=system-certs
    printf '%s = true\n' "$key" >>/etc/uv/uv.toml
fi
if command -v git >/dev/null; then
    git config --system --replace-all safe.directory '*'
fi
chmod 755 /root
