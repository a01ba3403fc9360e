"""A graph of words while it is made: it loses what says nothing, and what is there twice."""

GROWTH = 4  # how much larger a graph may become by giving every word of a node its own arc

Label = tuple[str, str, str]  # word, slot, value
EPSILON: Label = ("", "", "")


class GraphBuilder:
    """A graph while it is made. leaving: node -> the labels of its arcs and where they lead; it begins at 0."""

    def __init__(self) -> None:
        self.leaving: list[dict[tuple[Label, int], None]] = [{}]
        self.finals = dict[int, str]()

    def node(self) -> int:
        """Add a node; returns its number."""
        self.leaving.append({})
        return len(self.leaving) - 1

    def arc(self, source: int, label: Label, target: int) -> None:
        """Lead from a node to another one, once."""
        self.leaving[source][label, target] = None

    def determinized(self) -> "GraphBuilder | None":
        """A graph of the same sentences without epsilon arcs, in which no two arcs from one node have the same label.

        None when it would have more than GROWTH times as many arcs.
        """
        silent = {node for node, arcs in enumerate(self.leaving) if any(label == EPSILON for label, _ in arcs)}
        made, nodes = GraphBuilder(), {(start := self._epsilon_closure({0})): 0}
        waiting, arcs = [start], 0
        limit = GROWTH * sum(map(len, self.leaving))
        for held in waiting:  # grows while it is read
            node = nodes[held]
            if ends := self.finals.keys() & held:
                made.finals[node] = self.finals[min(ends)]
            onward = dict[Label, set[int]]()
            for old in sorted(held):
                for label, target in self.leaving[old]:
                    if label != EPSILON:
                        onward.setdefault(label, set()).add(target)
            for label, targets in onward.items():
                reached = frozenset(targets) if silent.isdisjoint(targets) else self._epsilon_closure(targets)
                if reached not in nodes:
                    nodes[reached] = made.node()
                    waiting.append(reached)
                made.arc(node, label, nodes[reached])
            arcs += len(onward)
            if arcs > limit:
                return None
        return made

    def _epsilon_closure(self, nodes: set[int]) -> frozenset[int]:
        """These nodes, and those that epsilon arcs lead to from them."""
        found, waiting = set(nodes), list(nodes)
        while waiting:
            for label, target in self.leaving[waiting.pop()]:
                if label == EPSILON and target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)


def in_order(draft: GraphBuilder) -> list[int]:
    """The nodes that can be reached, every one after those that lead to it."""
    entering = [0] * len(draft.leaving)
    reached, waiting = {0}, [0]
    while waiting:
        for _, target in draft.leaving[waiting.pop()]:
            entering[target] += 1
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    order, ready = list[int](), [0]
    while ready:
        order.append(node := ready.pop())
        for _, target in draft.leaving[node]:
            entering[target] -= 1
            if not entering[target]:
                ready.append(target)
    return order


def minimized(draft: GraphBuilder) -> GraphBuilder:
    """A graph of the same sentences, with one node for all nodes from which the same sentences go on."""
    made, same = GraphBuilder(), dict[tuple[str | None, frozenset[tuple[Label, int]]], int]()
    nodes = dict[int, int]()
    for old in reversed(in_order(draft)):
        arcs = {(label, nodes[target]): None for label, target in draft.leaving[old]}
        key = draft.finals.get(old), frozenset(arcs)
        if key not in same:
            same[key] = made.node() if old else 0
            made.leaving[same[key]] = arcs
            if old in draft.finals:
                made.finals[same[key]] = draft.finals[old]
        nodes[old] = same[key]
    return made
