/* views.h: the views that exist, one file each. */
#ifndef BOTTEGA_UI_VIEWS_H
#define BOTTEGA_UI_VIEWS_H

#include "ui/view.h"

extern const struct view_ops overview_view;
extern const struct view_ops repositories_view;
extern const struct view_ops instances_view;
extern const struct view_ops environment_view;
extern const struct view_ops failures_view;
extern const struct view_ops pipeline_view;
extern const struct view_ops reviews_view;
extern const struct view_ops file_view;
extern const struct view_ops rule_view;
extern const struct view_ops sql_view;
extern const struct view_ops difficulty_view;
extern const struct view_ops matrix_view;
extern const struct view_ops compare_view;
extern const struct view_ops trajectories_view;
extern const struct view_ops trajectory_view;

#endif
