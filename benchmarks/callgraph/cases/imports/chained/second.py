from third import work
