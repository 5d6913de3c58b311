"""What works on built HTML and on the files beside it: the site in memory, policy, line ends, search."""
