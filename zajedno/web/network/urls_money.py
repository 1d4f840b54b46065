"""Addresses of prices, budgets, grants and scenarios."""

from django.urls import path

from zajedno.web.network import (
    money,
    money_budgets,
    money_grants,
    money_lines,
    money_list,
    money_rates,
    money_scenarios,
)

urlpatterns = [
    path("", money.overview),
    path("need.xlsx", money.export),
    path("prices/", money.prices),
    path("prices/new/", money.new_price),
    path("prices/bring/", money_list.bring_in),
    path("prices/list.<str:ending>", money_list.take_out),
    path("prices/<uuid:price>/", money.end_price),
    path("rates/", money_rates.listed),
    path("rates/new/", money_rates.new),
    path("rates/<uuid:rate>/", money_rates.end),
    path("budgets/", money_budgets.listed),
    path("budgets/new/", money_budgets.new),
    path("budgets/<uuid:budget>/", money_budgets.one),
    path("budgets/<uuid:budget>/new/", money_budgets.add_line),
    path("budgets/<uuid:budget>/request.<str:ending>", money_budgets.paper),
    path("budgets/<uuid:budget>/<uuid:line>/", money_lines.one),
    path("budgets/<uuid:budget>/<uuid:line>/grant/", money_lines.earmark),
    path("scenarios/", money_scenarios.scenarios),
    path("grants/", money_grants.listed),
    path("grants/new/", money_grants.new),
    path("grants/<uuid:grant>/", money_grants.one),
    path("grants/<uuid:grant>/<uuid:promise>/", money_grants.keep),
]
