from second import work
