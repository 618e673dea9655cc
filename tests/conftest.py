"""What all tests share."""

from hypothesis import HealthCheck, settings

# No test asserts a time, and a slow machine is no failure; all else is as Hypothesis sets it,
# which on CI plays the same examples every time.
settings.register_profile(
    "untimed",
    parent=settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("untimed")
