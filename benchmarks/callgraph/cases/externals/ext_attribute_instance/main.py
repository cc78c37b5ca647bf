import collections

counter = collections.Counter()
counter.most_common(1)
od = collections.OrderedDict()
od.move_to_end
