namespace Touchstage.Acceptance.Tests.Processes;

/// <summary>Writes down every answer's headers and content as it is read.</summary>
internal sealed class OverheardHttp(Transcript transcript) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        transcript.Add(System.Text.Encoding.UTF8.GetBytes(answer.Headers.ToString()));
        var content = new StreamContent(new OverheardStream(await answer.Content.ReadAsStreamAsync(cancellationToken), transcript));
        foreach (var (name, values) in answer.Content.Headers)
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        answer.Content = content;
        return answer;
    }
}
