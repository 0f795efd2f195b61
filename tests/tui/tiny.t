# One list and one line are left of it.
size 20 5
keys 3
screen
  instance▴        →
▸ Instagram__…e-296
  a-rather-lo…s-149
  a-rather-lo…s-338
 Enter open  ? help
end
keys j<Enter>
screen
 ● ac…   Summary   →
▸ a-rather-long-owne
  r-name__with-a-rep
  ository-name-that-
 Enter open  ? help
end
keys q
size 12 4
screen
needs 20×5



end
size 40 12
screen
 lab   1 Ov  2 Re  3 Instances  4 Fa  5…
  instance▴                  state     →
  Instagram__MonkeyType-296  ● accepted
▸ a-rather-long-ow…ends-149  ● accepted
  a-rather-long-ow…ends-338  ! failed
  a-rather-long-ow…ends-373  ✕ rejected
  agronholm__anyio-128       ● accepted
  agronholm__anyio-212       ● accepted
  agronholm__anyio-324       ! failed
  agronholm__anyio-387       ◐ running
 Instances                  row 2 of 60
 Enter open  / filter  S sort  ? help
end
