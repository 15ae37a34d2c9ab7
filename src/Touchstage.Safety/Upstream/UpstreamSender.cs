using System.Collections.Immutable;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Capabilities;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Egress;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Steps;

namespace Touchstage.Safety.Upstream;

/// <summary>The stage <c>send</c>: the recorded request leaves once, to the byte, with the opened credential; what comes back is told apart by whether it happened.</summary>
internal sealed partial class UpstreamSender(EgressClient egress, TimeProvider time, ILogger<UpstreamSender> log)
{
    /// <summary>Sends the step. The caller's cancellation counts only until the first byte is sent.</summary>
    public async Task<UpstreamAnswer> SendAsync(OpenedConnection opened, CancellationToken cancellation)
    {
        if (!opened.TrySpend())
        {
            throw new InvalidOperationException("An opened connection is spent once.");
        }

        var started = time.GetTimestamp();
        using var certificate = opened.RevealCertificate();
        var reply = await egress.SendAsync(Request(opened, certificate), cancellation);
        var answer = Tell(reply, opened.Step.Action, new(opened.RevealSecrets(), opened.Step.Action.Action.SensitiveTexts), time.GetElapsedTime(started));
        LogSent(opened.Step.Id, answer.Status, answer.HttpStatus, reply.Failure?.Fault, answer.Duration);
        return answer;
    }

    private static EgressRequest Request(OpenedConnection opened, X509Certificate2? certificate)
    {
        var (step, action) = (opened.Step, opened.Step.Action);
        var connection = action.Action.Scope.Connection;
        return new()
        {
            Method = step.Request.Method,
            Uri = opened.RevealTarget(),
            Headers = [.. step.Request.Headers, .. opened.RevealAuthentication(), .. Ours(step.Request.Headers)],
            Body = step.Request.Body,
            BaseUrl = connection.BaseUrl,
            ClientCertificate = certificate,
            // Invariant: a tenant's name holds no slash, so no other tenant and connection are spelled like this one.
            Pool = certificate is null ? null : $"{action.Action.Scope.Tenant.Id}/{connection.Name}",
            IsPrivateNetwork = connection.IsPrivateNetwork,
            Timeout = action.Timeout,
            MaxBytes = action.LookUp?.MaxBytes ?? action.Action.Capability.Response.MaxBytes,
        };
    }

    private static IEnumerable<HeaderField> Ours(ImmutableArray<HeaderField> given)
    {
        if (!given.Any(header => header.Name == "user-agent"))
        {
            yield return new("user-agent", "touchstage");
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id })
        {
            yield return new("traceparent", id);
        }
    }

    private static UpstreamAnswer Tell(EgressReply reply, PermittedAction action, Scrubber scrubber, TimeSpan duration)
    {
        if (reply.Answer is not { } answer)
        {
            var failure = reply.Failure ?? new(EgressFailureKind.MaybeSent, EgressFault.Cut);
            var why = UpstreamRefusals.Of(failure);
            return failure.Kind is EgressFailureKind.NotSent ? UpstreamAnswer.NotSent(why, duration) : Unclear(action, why, null, duration);
        }

        switch (answer.Status)
        {
            case >= 200 and <= 299:
                var (result, whyNot) = ResultReader.Read(answer, action, scrubber);
                return UpstreamAnswer.Completed(result, whyNot, answer.Status, duration);
            case >= 400 and <= 499 and not (408 or 425 or 429):
                return UpstreamAnswer.DidNothing(new(UpstreamRefusals.Refused, RefusedReason.Of(answer, scrubber)), answer.Status, duration);
            default:
                return Unclear(action, new(UpstreamRefusals.Unclear, $"The API answered with HTTP status {answer.Status}."), answer.Status, duration);
        }
    }

    // A declared read has nothing to undo and nothing to wonder about.
    private static UpstreamAnswer Unclear(PermittedAction action, Refusal why, int? httpStatus, TimeSpan duration) => IsRead(action)
        ? UpstreamAnswer.DidNothing(new(why.Code, why.Reason + " It was only asked to read, so nothing happened."), httpStatus, duration)
        : UpstreamAnswer.Unclear(new(why.Code, why.Reason + " The action may or may not have happened; do not try again before a person has checked."), httpStatus, duration);

    private static bool IsRead(PermittedAction action) =>
        action.Request.Method is "GET" or "HEAD" && (action.LookUp is not null || action.Action.Capability.Effects is Effects.ReadOnly);

    [LoggerMessage(EventId = 5101, Level = LogLevel.Information,
        Message = "Step {StepId} was sent: {Status}, HTTP status {HttpStatus}, fault {Fault}, after {Duration}.")]
    private partial void LogSent(string stepId, StepStatus status, int? httpStatus, EgressFault? fault, TimeSpan duration);
}
