# What there is to copy: a name from a list at once, else one of several.
size 100 24
keys 3
keys jjj y
await copied a-rather-long-owner-name__with-a-repository-name-that-never-ends-373
keys <Enter>
keys jjjy
await command  bottega -C
keys <Enter>
await copied evidence  round-3/test_with_fix-1.log line 2
keys gt
keys y
type name
keys <Enter>
await copied tests/test_core.py::test_new_0
type :copy nothing
keys <Enter>
await copy what? line, name, id, path or command
