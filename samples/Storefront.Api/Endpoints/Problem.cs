namespace Storefront.Api.Endpoints;

/// <summary>Error answers: RFC 9457 problem details with a permanent <c>code</c>.</summary>
internal static class Problem
{
    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not_found", $"There is no such {what}.");

    public static IResult Invalid(string detail) => Of(StatusCodes.Status422UnprocessableEntity, "invalid", detail);

    public static IResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "conflict", detail);

    private static IResult Of(int status, string code, string detail) =>
        Results.Problem(detail, statusCode: status, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code });
}
