"""What several tests use: servers, projects to break, places. No tests."""
