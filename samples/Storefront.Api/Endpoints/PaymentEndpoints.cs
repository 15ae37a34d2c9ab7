using Microsoft.EntityFrameworkCore;
using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Endpoints;

/// <summary>Payments: read one, find some, who paid.</summary>
internal static class PaymentEndpoints
{
    private const int MostFound = 100;
    private const int UsuallyFound = 20;
    private static readonly string[] Statuses = ["captured", "partially_refunded", "refunded"];

    public static void MapPayments(this RouteGroupBuilder api)
    {
        api.MapGet("/payments/{payment_id}", GetAsync).RequireCapability("get_payment");
        api.MapGet("/payments", FindAsync).RequireCapability("find_payments");
        api.MapGet("/payments/{payment_id}/customer", CustomerAsync)
            .RequireCapability("fact:refund_user.customer", "fact:send_receipt.customer");
    }

    private static async Task<IResult> GetAsync(AccountData data, string payment_id) =>
        await data.FindAsync<Payment>(payment_id) is { } payment ? Results.Ok(Shown(payment)) : Problem.NotFound("payment");

    private static async Task<IResult> FindAsync(AccountData data, string? customer_id, string? status, int? limit)
    {
        if (status is not null && !Statuses.Contains(status, StringComparer.Ordinal))
        {
            return Problem.Invalid($"status is one of {string.Join(", ", Statuses)}.");
        }

        if (limit is < 1 or > MostFound)
        {
            return Problem.Invalid($"limit is 1 to {MostFound}.");
        }

        var rows = await data.All<Payment>().Where(row => customer_id == null || row.CustomerId == customer_id).OrderBy(row => row.Id.Length).ThenBy(row => row.Id).ToListAsync();
        var payments = rows.Where(row => status is null || row.Status == status).Take(limit ?? UsuallyFound).Select(Shown);
        return Results.Ok(new { payments });
    }

    private static async Task<IResult> CustomerAsync(AccountData data, string payment_id) =>
        await data.FindAsync<Payment>(payment_id) is { } payment && await data.FindAsync<Customer>(payment.CustomerId) is { } customer
            ? Results.Ok(CustomerEndpoints.Shown(customer))
            : Problem.NotFound("payment");

    private static object Shown(Payment payment) => new
    {
        payment.Id,
        payment.CustomerId,
        Amount = Money.FromCents(payment.AmountCents),
        payment.Currency,
        payment.Status,
        Refunded = Money.FromCents(payment.RefundedCents),
    };
}
