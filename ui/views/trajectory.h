/* trajectory.h: one attempt open: its steps, and the one under the cursor. */
#ifndef BOTTEGA_UI_TRAJECTORY_H
#define BOTTEGA_UI_TRAJECTORY_H

/* What the pane beside the steps shows. */
enum trajectory_side { SIDE_BODY, SIDE_RAW, SIDE_PATCH, SIDE_GOLD };

#endif
