"""Programs computed: bound to a grid, planned as steps, run on pixels."""
