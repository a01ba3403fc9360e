"""Meals and the times of day that they stand for."""

MEALS = {"breakfast": 8 * 60, "lunch": 12 * 60 + 30, "dinner": 19 * 60, "bedtime": 22 * 60}  # minutes since midnight
MEAL_TIMES = {
    **{
        f"{before} {meal}": minutes
        for meal, minutes in MEALS.items()
        for before in ("at", "over", "with", "by", "during")
    },
    **{f"at {meal}time": minutes for meal, minutes in MEALS.items()},
    **{f"at {meal} time": minutes for meal, minutes in MEALS.items()},
    "at bed time": 22 * 60,
    "at lunchtime": 12 * 60,
    "at lunch time": 12 * 60,
    "lunchtime": 12 * 60,
    "dinnertime": 19 * 60,
    "dinner time": 19 * 60,
    "bedtime": 22 * 60,
}
