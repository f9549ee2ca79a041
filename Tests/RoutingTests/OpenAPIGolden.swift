// A small API document as it must be, from its tags on.

enum OpenAPIGolden {
    static let small = #"""
        tags:
          - name: plain-things
            description: Things.
        paths:
          /{org}/{app}/things/{id}:
            get:
              operationId: getThing
              summary: Get a thing.
              description: With a token of the application, or of an administrator of its organisation.
              tags: [plain-things]
              security:
                - bearer: []
              parameters:
                - name: org
                  in: path
                  required: true
                  description: "The organisation's name: lower-case letters, digits, hyphens."
                  schema:
                    type: string
                    minLength: 1
                    maxLength: 32
                  example: chat-demo
                - name: app
                  in: path
                  required: true
                  description: "The application's name: letters, digits, hyphens."
                  schema:
                    type: string
                    minLength: 1
                    maxLength: 32
                  example: testapp
                - name: id
                  in: path
                  required: true
                  description: A thing's number.
                  schema:
                    type: string
                    minLength: 1
              responses:
                '200':
                  description: OK
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Thing'
                '401':
                  description: Unauthorized
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                    WWW-Authenticate:
                      $ref: '#/components/headers/WWW-Authenticate'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        token.missing:
                          value:
                            code: 1
                            text: missing for getThing
                        token.corrupt:
                          value:
                            code: 1
                            text: corrupt for getThing
                        token.expired:
                          value:
                            code: 1
                            text: expired for getThing
                '403':
                  $ref: '#/components/responses/plain-Forbidden'
                '404':
                  description: Not Found
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        user.notFound:
                          value:
                            code: 3
                            text: user x
                        application.notFound:
                          $ref: '#/components/examples/application-notFound'
                '413':
                  description: Content Too Large
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        bodyTooLarge:
                          value:
                            code: 4
                            text: '65536'
                '503':
                  $ref: '#/components/responses/plain-ServiceUnavailable'
                default:
                  $ref: '#/components/responses/plain-Refused'
            put:
              operationId: nameThing
              summary: Name a thing.
              description: With a token of the application, or of an administrator of its organisation.
              tags: [plain-things]
              security:
                - bearer: []
              parameters:
                - name: org
                  in: path
                  required: true
                  description: "The organisation's name: lower-case letters, digits, hyphens."
                  schema:
                    type: string
                    minLength: 1
                    maxLength: 32
                  example: chat-demo
                - name: app
                  in: path
                  required: true
                  description: "The application's name: letters, digits, hyphens."
                  schema:
                    type: string
                    minLength: 1
                    maxLength: 32
                  example: testapp
                - name: id
                  in: path
                  required: true
                  description: A thing's number.
                  schema:
                    type: string
                    minLength: 1
                - name: limit
                  in: query
                  schema:
                    type: integer
                    minimum: 1
                    maximum: 100
                - name: quiet
                  in: query
                  schema:
                    type: boolean
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      $ref: '#/components/schemas/Naming'
                    examples:
                      A new name:
                        value:
                          name: No. 5
              responses:
                '200':
                  description: OK
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Thing'
                      examples:
                        A new name:
                          value:
                            id: 5
                            empty: []
                            tags: {}
                '400':
                  description: Bad Request
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        malformedBody:
                          value:
                            code: 10
                            text: malformedBody("The JSON document ends too early, at byte 1")
                        name.missing:
                          value:
                            code: 10
                            text: 'invalid(field: "name", Domain.InvalidReason.missing)'
                        limit.outOfRange:
                          value:
                            code: 10
                            text: 'invalid(field: "limit", Domain.InvalidReason.outOfRange(minimum: 1, maximum: 100))'
                        quiet.illegal:
                          value:
                            code: 10
                            text: 'invalid(field: "quiet", Domain.InvalidReason.illegal(value: "?"))'
                        A name too long:
                          value:
                            code: 10
                            text: name is too long
                '401':
                  description: Unauthorized
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                    WWW-Authenticate:
                      $ref: '#/components/headers/WWW-Authenticate'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        token.missing:
                          value:
                            code: 1
                            text: missing for nameThing
                        token.corrupt:
                          value:
                            code: 1
                            text: corrupt for nameThing
                        token.expired:
                          value:
                            code: 1
                            text: expired for nameThing
                '403':
                  $ref: '#/components/responses/plain-Forbidden'
                '404':
                  description: Not Found
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        application.notFound:
                          $ref: '#/components/examples/application-notFound'
                '413':
                  description: Content Too Large
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        bodyTooLarge:
                          value:
                            code: 4
                            text: '1048576'
                '415':
                  description: Unsupported Media Type
                  headers:
                    X-Request-Id:
                      $ref: '#/components/headers/X-Request-Id'
                  content:
                    application/json:
                      schema:
                        $ref: '#/components/schemas/Problem'
                      examples:
                        unsupportedEncoding:
                          value:
                            code: 7
                            text: identity
                '503':
                  $ref: '#/components/responses/plain-ServiceUnavailable'
                default:
                  $ref: '#/components/responses/plain-Refused'
        components:
          securitySchemes:
            bearer:
              type: http
              scheme: bearer
              description: |-
                A token from `POST /{org}/{app}/token` or, for an organisation's administrator, from `POST /management/token`.
                Callers on the administration socket need none.
          headers:
            Accept-Encoding:
              description: How a body may be compressed.
              schema:
                type: string
            Accept-Post:
              description: The media types that a body may have.
              schema:
                type: string
            Accept-Ranges:
              description: That a Range field is understood.
              schema:
                type: string
                const: bytes
            Allow:
              description: The methods that the path has.
              schema:
                type: string
            Content-Disposition:
              description: That it is a download, and the file's name.
              schema:
                type: string
            Content-Range:
              description: Which bytes of how many these are.
              schema:
                type: string
            ETag:
              description: 'What the file is known by: another one has another tag.'
              schema:
                type: string
            Location:
              description: Where it is, relative to where it was asked for.
              schema:
                type: string
            Retry-After:
              description: Seconds after which to try again.
              schema:
                type: integer
                minimum: 0
            Sec-WebSocket-Version:
              description: The version of the WebSocket protocol that is spoken.
              schema:
                type: string
                const: '13'
            Upgrade:
              description: The protocol that the path speaks.
              schema:
                type: string
                const: websocket
            WWW-Authenticate:
              description: The scheme, and what is wrong with the token.
              schema:
                type: string
            X-Request-Id:
              description: What the server's log calls the request.
              schema:
                type: string
          responses:
            plain-Forbidden:
              description: Forbidden
              headers:
                X-Request-Id:
                  $ref: '#/components/headers/X-Request-Id'
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/Problem'
                  examples:
                    suspended:
                      value:
                        code: 2
                        text: suspended
                    insufficientScope:
                      value:
                        code: 2
                        text: insufficientScope
            plain-Refused:
              description: |-
                Refused before a route was found or the request was complete: unknown path, other method, malformed, too long or too
                slow. The connection may be closed.
              headers:
                X-Request-Id:
                  $ref: '#/components/headers/X-Request-Id'
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/Problem'
                  examples:
                    noSuchRoute:
                      value:
                        code: 8
                        text: no route
                    methodNotAllowed:
                      value:
                        code: 9
                        text: no method
                    malformedRequest:
                      value:
                        code: 0
                        text: A line ends with LF alone; lines end with CRLF.
                    slowRequest:
                      value:
                        code: 0
                        text: The request did not arrive in time
                    longRequestLine:
                      value:
                        code: 0
                        text: The request line is too long.
                    unknownMethod:
                      value:
                        code: 0
                        text: The method is not implemented.
            plain-ServiceUnavailable:
              description: Service Unavailable
              headers:
                X-Request-Id:
                  $ref: '#/components/headers/X-Request-Id'
                Retry-After:
                  $ref: '#/components/headers/Retry-After'
              content:
                application/json:
                  schema:
                    $ref: '#/components/schemas/Problem'
                  examples:
                    underMaintenance:
                      value:
                        code: 5
                        text: later
                    overloaded:
                      value:
                        code: 5
                        text: later
                    storageFailure:
                      value:
                        code: 5
                        text: later
          examples:
            application-notFound:
              value:
                code: 3
                text: application chat-demo/testapp
          schemas:
            Naming:
              type: object
              required: [name]
              properties:
                name:
                  type: string
                  minLength: 1
                  maxLength: 8
                  description: A thing's new name.
            Problem:
              type: object
              required: [code, text]
              properties:
                code:
                  type: integer
                  format: int64
                text:
                  type: string
            Thing:
              type: object
              required: [id, empty, tags]
              properties:
                id:
                  type: integer
                  format: int64
                  description: A thing's number.
                empty:
                  type: array
                  maxItems: 0
                  items: {}
                uuid:
                  type: string
                  format: uuid
                tags:
                  type: object
                  additionalProperties:
                    type: boolean

        """#
}
