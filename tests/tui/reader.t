# For a screen reader: the terminal's own cursor stands on what is selected; no preview beside it;
# a step sends the two rows that change and no more.
args -c ui.reader=on
size 80 24
keys 3
keys jj
cursor 3 5
screen
 lab   1 Over  2 Repo  3 Instances  4 Fail  5 Traj  6 Diff  7 Pipe  8 Revi
  instance▴                        state       class            F2P  P2P  round→
  Instagram__MonkeyType-296        ● accepted  –                  1   56      1
  a-rather-long-owner-…r-ends-149  ● accepted  –                  2   29      3
▸ a-rather-long-owner-…r-ends-338  ! failed    collect            0    0      3
  a-rather-long-owner-…r-ends-373  ✕ rejected  p2p-broken         2   13      3
  agronholm__anyio-128             ● accepted  –                  1    8      2
  agronholm__anyio-212             ● accepted  –                  1   32      2
  agronholm__anyio-324             ! failed    sdist-build        0    0      3
  agronholm__anyio-387             ◐ running   –                  0    0      1
  pallets__click-100               ● accepted  –                  1   40      1
  pallets__click-107               ● accepted  –                  4   47      3
  pallets__click-170               ! failed    project-install    0    0      2
  pallets__click-198               ~ error     engine             0    0      2
  pallets__click-226               ~ error     fetch              0    0      2
  pallets__click-233               ● accepted  –                  2   53      2
  pallets__click-254               ✕ rejected  fix-fails          0   14      2
  pallets__click-261               ● accepted  –                  2   21      1
  pallets__click-268               ✕ rejected  no-f2p             0   28      1
  pallets__click-275               ● accepted  –                  4   35      2
  pallets__click-282               ✕ rejected  fix-fails          0   42      1
  pallets__click-289               ● accepted  –                  2   49      3
 Instances                                                          row 3 of 60
 Enter open  / filter  space mark  S sort  r re-run  s synthesize  ? help
end
bytes 0
keys j
bytes 300
keys <Enter>
cursor 3 3
keys jjj
cursor 3 6
keys ?
cursor 3 4
keys jj<Esc>
keys /
cursor 10 24
keys <Esc>
again
keys j
cursor none
