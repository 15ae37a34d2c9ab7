using Microsoft.EntityFrameworkCore;
using Storefront.Api.Data;
using Touchstage.StepTokens.AspNetCore;

namespace Storefront.Api.Endpoints;

/// <summary>Refunds: give money back, and find out whether it was given.</summary>
internal static class RefundEndpoints
{
    public static void MapRefunds(this RouteGroupBuilder api)
    {
        api.MapPost("/payments/{payment_id}/refunds", CreateAsync).RequireCapability("refund_user");
        api.MapGet("/refunds", FindAsync).RequireCapability("find_refund", "verify:refund_user");
    }

    private static Task<IResult> CreateAsync(AccountData data, Change change, string payment_id, RefundRequest body) => change.RunAsync(async () =>
    {
        if (!Money.TryToCents(body.Amount, out var cents))
        {
            return Effect.None(Problem.Invalid("amount is positive, with two decimals at most."));
        }

        if (await data.FindAsync<Payment>(payment_id) is not { } payment)
        {
            return Effect.None(Problem.NotFound("payment"));
        }

        var remaining = payment.AmountCents - payment.RefundedCents;
        if (cents > remaining)
        {
            return Effect.None(Problem.Invalid($"amount is more than the {Money.FromCents(remaining)} {payment.Currency} that remain of the payment."));
        }

        payment.RefundedCents += cents.Value;
        var refund = new Refund
        {
            Account = data.Account.Name,
            Id = await data.NextIdAsync<Refund>("ref"),
            PaymentId = payment.Id,
            AmountCents = cents.Value,
            Currency = payment.Currency,
            Reason = body.Reason,
            IdempotencyKey = change.Key,
        };
        data.Db.Add(refund);
        return Effect.Done(
            StatusCodes.Status201Created, Shown(refund), $"refunded {Money.FromCents(cents.Value)} {payment.Currency} of {payment.Id} as {refund.Id}");
    });

    private static async Task<IResult> FindAsync(AccountData data, string? idempotency_key)
    {
        var rows = await data.All<Refund>().Where(row => idempotency_key == null || row.IdempotencyKey == idempotency_key).OrderBy(row => row.Id.Length).ThenBy(row => row.Id).ToListAsync();
        return Results.Ok(new { refunds = rows.Select(Shown) });
    }

    private static object Shown(Refund refund) => new
    {
        RefundId = refund.Id,
        refund.PaymentId,
        Amount = Money.FromCents(refund.AmountCents),
        refund.Currency,
        Status = "succeeded",
        refund.Reason,
        refund.IdempotencyKey,
    };

    /// <summary>The content of a refund request; the note is for the card network and is not kept.</summary>
    internal sealed record RefundRequest(decimal Amount, string? Reason = null, string? CardNote = null);
}
