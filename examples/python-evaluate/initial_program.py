"""Says what comes next in a noisy series. Only the block below may change."""


# EVOLVE-BLOCK-START
def predict(history):
    weight = 1.0
    level = history[0]
    for value in history[1:]:
        level = level + weight * (value - level)
    return level


# EVOLVE-BLOCK-END


def run(history):
    return float(predict(list(history)))
