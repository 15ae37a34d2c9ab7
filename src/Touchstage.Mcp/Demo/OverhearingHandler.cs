using System.Text;

namespace Touchstage.Mcp.Demo;

/// <summary>Notes answers as they come in: headers at once, content while it is read.</summary>
internal sealed class OverhearingHandler(HttpMessageHandler inner, Overheard overheard) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        overheard.Add(Encoding.UTF8.GetBytes(answer.Headers.ToString()));
        var content = new StreamContent(new OverheardStream(await answer.Content.ReadAsStreamAsync(cancellationToken), overheard));
        foreach (var header in answer.Content.Headers)
        {
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        answer.Content = content;
        return answer;
    }
}
